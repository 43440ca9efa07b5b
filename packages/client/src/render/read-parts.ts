import type { Content } from '../run/content.ts'
import type { Run } from '../run/run.ts'
import type { Part } from './parts/part.ts'
import { createPartsBuilder, type PartsBuilder } from './parts/parts-builder.ts'

interface Reading {
  readonly content: Content
  readonly builder: PartsBuilder
}

const readings = new WeakMap<Run, Reading>()

/** Makes parts of what arrived since the last call; see `readers.ts`. */
export function readParts(run: Run): readonly Part[] {
  const { content } = run
  let reading = readings.get(run)
  if (reading?.content !== content) {
    reading = { content, builder: createPartsBuilder(run.feature.schema === undefined) }
    readings.set(run, reading)
  }
  return reading.builder.read(content.entries)
}
