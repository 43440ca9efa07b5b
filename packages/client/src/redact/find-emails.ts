import { charactersOf, isAlphanumeric, isLetter } from './characters.ts'
import type { Finding } from './finding.ts'

/** https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 */
const MAX_LOCAL = 64
const MAX_DOMAIN = 255

const isSign = charactersOf("!#$%&'*+-=?^_`{|}~.")
const isLocal = (code: number) => isAlphanumeric(code) || code > 127 || isSign(code)
const isDomain = (code: number) => isAlphanumeric(code) || code > 127 || code === 45 || code === 46

/** E-mail addresses, those in other scripts too (RFC 6531). */
export function findEmails(text: string): Finding[] {
  const found: Finding[] = []
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let start = at
    while (start > 0 && at - start < MAX_LOCAL && isLocal(text.charCodeAt(start - 1))) start -= 1
    // `mailto:` and quotes end it by themselves; a sign that only opens a phrase is not its first.
    while (start < at && text.charCodeAt(start) === 46) start += 1
    let end = at + 1
    while (end < text.length && end - at <= MAX_DOMAIN && isDomain(text.charCodeAt(end))) end += 1
    while (end > at && !isEndOfDomain(text.charCodeAt(end - 1))) end -= 1
    if (start < at && isHost(text, at + 1, end)) found.push({ start, end, label: 'email' })
  }
  return found
}

const isEndOfDomain = (code: number) => isAlphanumeric(code) || code > 127

/** A name with a dot in it, whose last part is no number. */
function isHost(text: string, start: number, end: number): boolean {
  let dot = end - 1
  while (dot > start && text.charCodeAt(dot) !== 46) dot -= 1
  if (dot <= start || end - dot < 3) return false
  const code = text.charCodeAt(dot + 1)
  return isLetter(code) || code > 127
}
