import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBlockCutter } from './text-blocks.ts'

/** The blocks that a text makes when it arrives in these deltas. */
function blocksOf(deltas: readonly string[]): string[] {
  const cut = createBlockCutter()
  const blocks: string[] = []
  for (const { opens, text } of deltas.flatMap((delta) => cut(delta))) {
    if (opens || blocks.length === 0) blocks.push(text)
    else blocks.push(`${blocks.pop()}${text}`)
  }
  return blocks
}

function split(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((from, index) => text.slice(from, places[index]))
}

const answer = fc
  .array(fc.constantFrom('a', 'Ünïcode', '\u{1F6F6}', ' ', '\t', '\n', '\n\n', '\r\n', 'x'.repeat(800)), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''))

describe('cutting a text into blocks', () => {
  it.each([
    ['keeps one paragraph in one block', 'one\ntwo', ['one\ntwo']],
    ['begins a block after a blank line', 'one\n\ntwo', ['one\n\n', 'two']],
    ['keeps every line end with the block it closes', 'one\n\n\n\ntwo', ['one\n\n\n\n', 'two']],
    ['takes a line of spaces as blank', 'one\n \t\ntwo', ['one\n \t\n', 'two']],
    ['reads CRLF', 'one\r\n\r\ntwo', ['one\r\n\r\n', 'two']],
    ['keeps an indent with the paragraph it belongs to', 'one\n\n    two', ['one\n\n', '    two']],
    ['lets a text begin with line ends', '\n\none', ['\n\n', 'one']],
    ['makes nothing of nothing', '', []],
  ])('%s', (_says, text, blocks) => {
    expect(blocksOf([text])).toEqual(blocks)
  })

  it('closes a long block without a blank line at the end of a line', () => {
    const line = `${'x'.repeat(99)}\n`
    const blocks = blocksOf([line.repeat(40)])
    expect(blocks.length).toBeGreaterThan(2)
    for (const block of blocks) expect(block.endsWith('\n')).toBe(true)
  })

  it('never cuts inside a line', () => {
    expect(blocksOf(['x'.repeat(20_000)])).toHaveLength(1)
  })

  it('loses and doubles nothing, wherever the text is split on its way', () => {
    fc.assert(
      fc.property(answer, fc.array(fc.nat()), (text, cuts) => {
        const blocks = blocksOf(split(text, cuts))
        expect(blocks.join('')).toBe(text)
        expect(blocks).toEqual(blocksOf([text]))
      }),
    )
  })

  it('begins a block only where a line begins', () => {
    fc.assert(
      fc.property(answer, (text) => {
        for (const block of blocksOf([text]).slice(0, -1)) expect(block.endsWith('\n')).toBe(true)
      }),
    )
  })
})
