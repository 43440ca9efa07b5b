import type { Content } from '../run/content.ts'
import type { Run } from '../run/run.ts'
import type { DeepPartial } from '../stream/object/deep-partial.ts'
import { createObjectReader, type ObjectReader } from '../stream/object/object-reader.ts'
import { shareStructure } from './share-structure.ts'

interface Reading {
  readonly content: Content
  readonly revision: number
  readonly reader: ObjectReader
  offset: number
}

/** What was made of one run. */
interface Kept {
  reading: Reading | null
  shown: unknown
  /** The checked answer that `shown` was made of. */
  output: unknown
}

const kept = new WeakMap<Run, Kept>()

/** Reads what is new, and shows it in objects that did not change where nothing in them did; see `readers.ts`. */
export function readObject<Output>(run: Run<unknown, Output>): DeepPartial<Output> | undefined {
  const own = kept.get(run) ?? { reading: null, shown: undefined, output: null }
  kept.set(run, own)
  own.shown = readInto(own, run)
  return own.shown as DeepPartial<Output> | undefined
}

function readInto(own: Kept, { state, content }: Run): unknown {
  if (state.output !== null) {
    if (own.output === state.output) return own.shown
    own.output = state.output
    return shareStructure(snapshotOf(own, content), state.output)
  }
  own.output = null
  if (state.outcome === 'omitted' || state.outcome === 'disabled') return undefined
  return snapshotOf(own, content)
}

function snapshotOf(own: Kept, content: Content): unknown {
  const { text } = content
  if (own.reading?.content !== content || own.reading.revision !== text.revision) {
    own.reading = { content, revision: text.revision, reader: createObjectReader(), offset: 0 }
  }
  const { reading } = own
  reading.reader.push(text.readFrom(reading.offset))
  reading.offset = text.length
  return reading.reader.snapshot()
}
