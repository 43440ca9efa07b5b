import { describe, expect, it } from 'vitest'
import { formatAgo, formatExactTime } from './time.ts'

const NOW = Date.UTC(2026, 10, 21, 9, 26, 30)
const MINUTE = 60_000

describe('a relative time', () => {
  it.each([
    [0, 'just now'],
    [59_999, 'just now'],
    [-30_000, 'just now'],
    [-2 * MINUTE, 'in the future'],
    [MINUTE, '1 min ago'],
    [59 * MINUTE, '59 min ago'],
    [60 * MINUTE, '1 h ago'],
    [23.9 * 60 * MINUTE, '23 h ago'],
    [24 * 60 * MINUTE, '1 d ago'],
    [400 * 24 * 60 * MINUTE, '400 d ago'],
  ])('%d ms old reads "%s"', (ageMs, text) => {
    expect(formatAgo(NOW - ageMs, NOW)).toBe(text)
  })
})

it('says the exact time with its zone', () => {
  expect(formatExactTime(NOW + 412, 'UTC')).toBe('2026-11-21 09:26:30.412 UTC')
})
