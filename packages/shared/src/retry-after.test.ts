import { describe, expect, it } from 'vitest'
import { parseRetryAfter } from './retry-after.ts'

const NOW = Date.UTC(2026, 0, 15, 8, 0, 0)

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 1.5 ', 1_500],
    ['Thu, 15 Jan 2026 08:00:30 GMT', 30_000],
    ['Thursday, 15-Jan-26 08:01:00 GMT', 60_000],
    ['Thu, 15 Jan 2026 07:00:00 GMT', 0],
    ['99999999999', 24 * 3600_000],
    ['Fri, 31 Dec 2100 23:59:59 GMT', 24 * 3600_000],
  ])('%s asks to wait %d ms', (header, ms) => {
    expect(parseRetryAfter(header, NOW)).toBe(ms)
  })

  it.each([null, '', '-5', 'soon', 'Someday, soon', '1e3', '0x10', '2026-01-15', 'NaN'])(
    '%j asks for nothing',
    (header) => {
      expect(parseRetryAfter(header, NOW)).toBeNull()
    },
  )
})
