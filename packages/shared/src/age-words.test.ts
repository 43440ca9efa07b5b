import { describe, expect, it } from 'vitest'
import { ageWords } from './age-words.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS

describe('how long ago something was', () => {
  it.each([
    [0, 'en', '1 minute ago'],
    [90 * MINUTE_MS, 'en', '1 hour ago'],
    [3.9 * DAY_MS, 'en', '3 days ago'],
    [DAY_MS, 'de', 'vor 1 Tag'],
    [3 * DAY_MS, 'de', 'vor 3 Tagen'],
    [2 * DAY_MS, 'ar', 'قبل يومين'],
    [3 * DAY_MS, 'ar', 'قبل 3 أيام'],
    [11 * DAY_MS, 'ar', 'قبل 11 يومًا'],
  ])('says %d ms in %s as %s', (ageMs, locale, words) => {
    // Which digits Arabic takes is for its region to say.
    expect(ageWords(ageMs, locale).replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))).toBe(
      words,
    )
  })

  it('speaks the language of the browser where the tag is none', () => {
    expect(ageWords(DAY_MS, 'not a tag')).toBe(ageWords(DAY_MS))
  })
})
