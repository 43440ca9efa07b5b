import { isAlphanumeric, isDigit, isHex } from './characters.ts'
import type { Finding } from './finding.ts'

/** The longest way to write one: `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255`. */
const MAX_LENGTH = 45
/** `:65535` */
const MAX_PORT = 6
const COLON = 58
const DOT = 46

const isOfAddress = (code: number) => isHex(code) || code === COLON || code === DOT

/** IP addresses of both versions. */
export function findAddresses(text: string): Finding[] {
  const found: Finding[] = []
  let at = 0
  while (at < text.length) {
    if (!isOfAddress(text.charCodeAt(at))) {
      at += 1
      continue
    }
    let end = at
    let colons = 0
    let dots = 0
    let digits = 0
    for (; end < text.length; end += 1) {
      const code = text.charCodeAt(end)
      if (code === COLON) colons += 1
      else if (code === DOT) dots += 1
      else if (isDigit(code)) digits += 1
      else if (!isHex(code)) break
    }
    const isAlone =
      // `a::b` is how programs name things as well.
      digits > 0 &&
      (colons >= 2 || dots >= 3) &&
      !(at > 0 && isAlphanumeric(text.charCodeAt(at - 1))) &&
      !(end < text.length && isAlphanumeric(text.charCodeAt(end)))
    if (isAlone) {
      const address = within(text, at, end)
      if (address !== null) found.push({ ...address, label: 'ip' })
    }
    at = end
  }
  return found
}

/** The address in a run of its characters: a sentence's own dots and colons may stand around it, and a port behind. */
function within(text: string, first: number, last: number): { start: number; end: number } | null {
  let start = first
  let end = last
  while (start < end && text.charCodeAt(start) === DOT) start += 1
  while (start < end && text.charCodeAt(end - 1) === DOT) end -= 1
  // Looked at whole only where it is short: searching a long run again and again would take its square.
  if (end - start > MAX_LENGTH + MAX_PORT) return null
  const run = text.slice(start, end)
  const found = [
    run,
    run.replace(/^:(?!:)/, ''),
    run.replace(/(?<!:):$/, ''),
    run.replace(/(?<=\..*):\d{0,5}$/, ''),
  ].find((candidate) => isV4(candidate) || isV6(candidate))
  if (found === undefined) return null
  const from = start + run.indexOf(found)
  return { start: from, end: from + found.length }
}

function isV4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}

/** https://www.rfc-editor.org/rfc/rfc4291#section-2.2 */
function isV6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const isMixed = last.includes('.')
  if (isMixed && !isV4(last)) return false
  const plain = isMixed ? groups.slice(0, -1) : groups
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  const count = plain.length + (isMixed ? 2 : 0)
  if (halves.length === 1) return count === 8
  return count >= 1 && count < 8
}
