import { parsePartialJSON } from '@tanstack/ai/client'
import { isDeepEqualData, parsePartialJson } from 'ai'
import { createObjectReader } from '../../src/stream/object/object-reader.ts'

/** A plausible structured answer: an object with one long list of small rows, at least `sizeBytes` long. */
export function sampleJson(sizeBytes: number): string {
  const rows: object[] = []
  const answer = { title: 'Open tickets by urgency', generated: true, rows }
  for (let length = 0; length < sizeBytes; ) {
    const id = rows.length
    const row = {
      id: `T-${1000 + id}`,
      customer: `Customer ${id}`,
      urgency: ['low', 'normal', 'high'][id % 3],
      score: (id * 37) % 100,
      tags: ['billing', `tag-${id % 7}`],
      summary: `Ticket ${id} asks about an invoice that was charged twice.`,
    }
    rows.push(row)
    length += JSON.stringify(row).length + 1
  }
  return JSON.stringify(answer)
}

function deltasOf(text: string, length: number): string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  )
}

/** The last value that a contender showed; returned so that no engine can leave the work out. */
type Contender = (deltas: readonly string[]) => Promise<unknown>

/** Every contender gives a value that could be shown after each delta, as its own hook does. */
const contenders: Readonly<Record<string, Contender>> = {
  async evenkeel(deltas) {
    const reader = createObjectReader()
    let shown: unknown
    for (const delta of deltas) {
      reader.push(delta)
      shown = reader.snapshot()
    }
    return shown
  },
  // What `experimental_useObject` of @ai-sdk/react 4 does for each chunk.
  async 'ai sdk'(deltas) {
    let text = ''
    let shown: unknown
    for (const delta of deltas) {
      text += delta
      const { value } = await parsePartialJson(text)
      if (!isDeepEqualData(shown, value)) shown = value
    }
    return shown
  },
  // What the stream processor of @tanstack/ai does for each chunk.
  async 'tanstack ai'(deltas) {
    let text = ''
    let shown: unknown
    for (const delta of deltas) {
      text += delta
      shown = parsePartialJSON(text)
    }
    return shown
  },
}

export const names: readonly string[] = Object.keys(contenders)

/** Milliseconds for one contender to read the sample; throws where it did not read it whole. */
export async function measure(name: string, sizeBytes: number, deltaLength: number): Promise<number> {
  const text = sampleJson(sizeBytes)
  const deltas = deltasOf(text, deltaLength)
  const started = performance.now()
  const shown = await contenders[name]?.(deltas)
  const took = performance.now() - started
  if (JSON.stringify(shown) !== text) throw new Error(`${name} did not read the sample whole`)
  return took
}

/** How many of the rows that are whole after one delta are other objects after the next. */
export function changedRows(sizeBytes: number, deltaLength: number): number {
  const reader = createObjectReader()
  let before: readonly unknown[] = []
  let changed = 0
  for (const delta of deltasOf(sampleJson(sizeBytes), deltaLength)) {
    reader.push(delta)
    const rows = (reader.snapshot() as { rows?: readonly unknown[] }).rows ?? []
    // The last row is the open one and may change.
    for (let index = 0; index < before.length - 1; index += 1) if (before[index] !== rows[index]) changed += 1
    before = rows
  }
  return changed
}
