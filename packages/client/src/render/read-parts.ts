import type { Content } from '../run/content.ts'
import type { Run } from '../run/run.ts'
import type { Part } from './parts/part.ts'
import { createPartsBuilder, type PartsBuilder } from './parts/parts-builder.ts'

interface Reading {
  readonly content: Content
  readonly builder: PartsBuilder
}

const readings = new WeakMap<Run, Reading>()

/**
 * The answer in parts, in their order: text, reasoning, tool calls with their state, sources, files and
 * data. Made of what arrived since the last call, so a run whose parts nobody reads pays nothing for
 * them. The list and its parts are immutable; what did not change is the same object as before.
 * Reasoning is never part of `run.text`; the JSON of a structured answer is no part (see `readObject`).
 *
 * @example
 * run.subscribeContent(() => draw(readParts(run)))
 */
export function readParts(run: Run): readonly Part[] {
  const { content } = run
  let reading = readings.get(run)
  if (reading?.content !== content) {
    reading = { content, builder: createPartsBuilder(run.feature.schema === undefined) }
    readings.set(run, reading)
  }
  return reading.builder.read(content.entries)
}
