import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createParser, type ParserConfig } from 'eventsource-parser'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { slimEventSource } from '../../../../.ci/slim-event-source.ts'

const root = join(import.meta.dirname, '../../../..')
const place = join(root, '.cache', `slim-event-source-${process.pid}.mjs`)
let createSlim: typeof createParser

beforeAll(async () => {
  const whole = await readFile(join(root, 'node_modules/eventsource-parser/dist/parse.js'), 'utf8')
  const slim = slimEventSource(whole)
  expect(slim.length).toBeLessThan(whole.length - 1_500)
  await writeFile(place, slim)
  ;({ createParser: createSlim } = await import(pathToFileURL(place).href))
})

afterAll(() => rm(place, { force: true }))

/** What comes out of a parser for these pieces, as far as the library listens. */
function read(create: typeof createParser, pieces: readonly string[], maxBufferSize: number): unknown[] {
  const heard: unknown[] = []
  const config: ParserConfig = {
    maxBufferSize,
    onEvent: ({ data, event, id }) => heard.push(['event', data, event, id]),
    onComment: (comment) => heard.push(['comment', comment]),
    onError: ({ type }) => type === 'max-buffer-size-exceeded' && heard.push([type]),
  }
  const parser = create(config)
  for (const piece of pieces) {
    if (piece === 'RESET') parser.reset()
    else {
      try {
        parser.feed(piece)
      } catch {
        heard.push('threw')
        parser.reset()
      }
    }
  }
  return heard
}

const piece = fc.oneof(
  fc.constantFrom(
    'data: ',
    'data:x',
    'event: ping',
    'id: 7',
    'id',
    'retry: 100',
    'retry: soon',
    'ret',
    ': comment',
    'unknown: field',
    '\n',
    '\n\n',
    '\r\n',
    '\r',
    '\0',
    '\ufeff',
    'RESET',
  ),
  fc.string({ maxLength: 12 }),
)

describe('the parser of event streams as the library is built with it', () => {
  it('says of any stream, however it is cut, what the whole one says', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 8, max: 200 }), (pieces, max) => {
        expect(read(createSlim, pieces, max)).toEqual(read(createParser, pieces, max))
      }),
      { numRuns: 5_000 },
    )
  })

  it('is made for one version, and says so where another one is installed', () => {
    expect(() => slimEventSource('export function createParser(config) {}')).toThrow('fits the parser')
  })
})
