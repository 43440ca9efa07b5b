import { describe, expect, it } from 'vitest'
import { formatWindow } from './window.ts'

describe('a window', () => {
  it.each([
    [30 * 60_000, '30 min'],
    [3_600_000, '1 h'],
    [24 * 3_600_000, '24 h'],
    [48 * 3_600_000, '48 h'],
    [7 * 24 * 3_600_000, '7 d'],
  ])('of %d ms reads "%s"', (windowMs, text) => {
    expect(formatWindow(windowMs)).toBe(text)
  })
})
