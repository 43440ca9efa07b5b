import { isAlphanumeric, isDigit, isLetter } from './characters.ts'
import type { Finding } from './finding.ts'

const SHORTEST = 15
const LONGEST = 34
const SPACE = 32
const DASH = 45

/** International bank account numbers, by their check digits (ISO 13616, ISO 7064 mod 97-10). */
export function findIbans(text: string): Finding[] {
  const found: Finding[] = []
  let at = 0
  while (at < text.length) {
    const isWordStart = at === 0 || !isAlphanumeric(text.charCodeAt(at - 1))
    const end = isWordStart ? ibanAt(text, at) : null
    if (end === null) {
      at += 1
      continue
    }
    found.push({ start: at, end, label: 'iban' })
    at = end
  }
  return found
}

/** Where the longest one ends that begins here. */
function ibanAt(text: string, start: number): number | null {
  if (!isLetter(text.charCodeAt(start)) || !isLetter(text.charCodeAt(start + 1))) return null
  // The country and the check digits count as if they stood last.
  let country = 0
  let account = 0
  let count = 0
  let longest: number | null = null
  for (let at = start; at < text.length && count < LONGEST; at += 1) {
    const code = text.charCodeAt(at)
    if (!isAlphanumeric(code)) {
      const isSeparator = code === SPACE || code === DASH
      if (isSeparator && isAlphanumeric(text.charCodeAt(at - 1))) continue
      break
    }
    count += 1
    if (count <= 4) {
      if (count > 2 && !isDigit(code)) return null
      country = take(country, code)
    } else account = take(account, code)
    const isWordEnd = at + 1 === text.length || !isAlphanumeric(text.charCodeAt(at + 1))
    if (count >= SHORTEST && isWordEnd && (account * SHIFT + country) % 97 === 1) longest = at + 1
  }
  return longest
}

/** Two letters are four digits, and two check digits follow them. */
const SHIFT = 10 ** 6 % 97

/** The remainder with one more character behind; a letter is worth two digits, A = 10. */
function take(remainder: number, code: number): number {
  return isDigit(code) ? (remainder * 10 + (code - 48)) % 97 : (remainder * 100 + ((code | 32) - 87)) % 97
}
