import type { CreateReader } from '../../src/stream/reader.ts'
import { observe, type Seen } from './observe.ts'
import type { Expected, Row } from './row.ts'
import type { Cut, Whole } from './variants.ts'

/** What is wrong with a row under one way to cut its bytes; an empty list where all is right. */
export function checkRow(createReader: CreateReader, row: Row): string[] {
  const bytes = typeof row.body === 'string' ? new TextEncoder().encode(row.body) : row.body
  for (const size of sizesFor(bytes.length)) {
    const wrong = differences(row.expect, observe(createReader, row, piecesOf(bytes, size)))
    if (wrong.length > 0) return wrong.map((what) => `in pieces of ${size}: ${what}`)
  }
  return []
}

/** A cut answer never passes for a whole one, and never shows what is not in it. */
export function checkCut(createReader: CreateReader, whole: Whole, cut: Cut): string[] {
  const row: Row = {
    name: cut.name,
    body: cut.bytes,
    ...(whole.headers === undefined ? {} : { headers: whole.headers }),
    named: whole.protocol,
    expect: whole.expect,
  }
  const seen = observe(createReader, row, [cut.bytes])
  const wrong: string[] = []
  if (seen.broken !== null) wrong.push(seen.broken)
  if (seen.ending !== cut.ending) wrong.push(`ending ${seen.ending}, not ${cut.ending}`)
  if (!whole.expect.text.startsWith(seen.text)) wrong.push(`text ${JSON.stringify(seen.text)}`)
  return wrong
}

/** The whole body at once, byte by byte, and by a number that cuts inside characters and line ends. */
function sizesFor(length: number): number[] {
  return length > 100_000 ? [length, 65_536] : [Math.max(1, length), 1, 3, 7]
}

function* piecesOf(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size)
}

function differences(expected: Expected, seen: Seen): string[] {
  const wrong = seen.broken === null ? [] : [seen.broken]
  const compare = (what: string, want: unknown, got: unknown) => {
    const [wanted, gotten] = [JSON.stringify(want), JSON.stringify(got)]
    if (wanted !== gotten) wrong.push(`${what} ${shortened(gotten)}, not ${shortened(wanted)}`)
  }
  compare('ending', expected.ending, seen.ending)
  compare('text', expected.text, seen.text)
  compare('reasoning', expected.reasoning ?? '', seen.reasoning)
  compare('usage', expected.usage ?? null, seen.usage)
  compare('unknown', expected.unknown ?? 0, seen.unknown)
  for (const list of ['tools', 'sources', 'files', 'data', 'metadata', 'withdrawn'] as const) {
    compare(list, expected[list] ?? [], seen[list])
  }
  if (expected.early === true) compare('early', true, seen.early)
  if (expected.protocol !== undefined) compare('protocol', expected.protocol, seen.protocol)
  return wrong
}

function shortened(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 120)}… (${text.length})`
}
