import { describe, expect, it } from 'vitest'
import { formatTable, oneLine } from './table.ts'

describe('formatTable', () => {
  it('aligns words left and figures right, without blanks at the end', () => {
    const text = formatTable(
      [
        { heading: 'feature', cell: (row: readonly [string, string]) => row[0] },
        { heading: 'runs', align: 'right', cell: (row) => row[1] },
        { heading: '', cell: () => '' },
      ],
      [
        ['draft', '7'],
        ['classify-ticket', '12000'],
      ],
    )
    expect(text).toBe('feature           runs\ndraft                7\nclassify-ticket  12000')
  })

  it('keeps what was recorded from writing to the terminal', () => {
    expect(oneLine('a\nb\u001b[31mc\u0007')).toBe('a b [31mc ')
  })
})
