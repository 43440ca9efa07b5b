import { describe, expect, it } from 'vitest'
import { readCounts, total } from './counts.ts'

describe('readCounts', () => {
  it("reads Vitest's closing line, coloured or not", () => {
    expect(
      readCounts('\u001b[2m      Tests \u001b[22m \u001b[31m1 failed\u001b[39m | 3 passed | 2 skipped (6)\n'),
    ).toEqual({
      passed: 3,
      failed: 1,
      skipped: 2,
    })
  })

  it('reads the plain closing line, the last one where there are several', () => {
    expect(readCounts('1 passed, 0 failed\nmore\n7 passed, 2 failed, 1 skipped\n')).toEqual({
      passed: 7,
      failed: 2,
      skipped: 1,
    })
  })

  it('counts nothing where no runner closed', () => {
    expect(readCounts('Segmentation fault')).toEqual({ passed: 0, failed: 0, skipped: 0 })
  })
})

describe('total', () => {
  it('adds up', () => {
    const one = { passed: 1, failed: 2, skipped: 3 }
    expect(total([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 })
  })
})
