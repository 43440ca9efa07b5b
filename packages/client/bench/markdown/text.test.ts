import { describe, expect, it } from 'vitest'
import { deltasOf, markdownDocument } from './text.ts'

describe('the document of the markdown bench', () => {
  const { text, inventory } = markdownDocument(20_000)

  it('is as long as was asked for, and little longer', () => {
    expect(text.length).toBeGreaterThanOrEqual(20_000 - 2)
    expect(text.length).toBeLessThan(21_500)
  })

  it('holds what its inventory says', () => {
    expect(text.match(/^## /gm)).toHaveLength(inventory.headings)
    expect(text.match(/^ *- /gm)).toHaveLength(inventory.items)
    expect(text.match(/^```ts\n/gm)).toHaveLength(inventory.code.length)
    expect(text.match(/^\|/gm)).toHaveLength((inventory.cells / 3) * (5 / 4))
  })

  it('has the same mixture in its first and in its last part', () => {
    const kinds = (part: string) =>
      [/^## /gm, /^ *- /gm, /\*\*/g].map((kind) => part.match(kind)?.length ?? 0)
    const [first, last] = [kinds(text.slice(0, 5_000)), kinds(text.slice(-5_000))]
    for (const [index, count] of first.entries())
      expect(Math.abs(count - (last[index] ?? 0)) / count).toBeLessThan(0.4)
  })

  it('comes in deltas that joined are the text', () => {
    expect(deltasOf(text).join('')).toBe(text)
    expect(text.length / deltasOf(text).length).toBeGreaterThan(3)
  })
})
