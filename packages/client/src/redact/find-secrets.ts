import { charactersOf, isAlphanumeric, isDigit } from './characters.ts'
import type { Finding } from './finding.ts'

/** How well-known keys begin, and how many characters follow at least. */
const PREFIXES: readonly (readonly [prefix: string, atLeast: number])[] = [
  // Model providers.
  ['sk-', 16],
  ['sess-', 20],
  ['gsk_', 20],
  ['xai-', 20],
  ['hf_', 16],
  ['r8_', 20],
  ['pplx-', 20],
  ['AIza', 30],
  // Code and clouds.
  ['ghp_', 16],
  ['gho_', 16],
  ['ghu_', 16],
  ['ghs_', 16],
  ['ghr_', 16],
  ['github_pat_', 20],
  ['glpat-', 16],
  ['npm_', 20],
  ['pypi-', 20],
  ['AKIA', 16],
  ['ASIA', 16],
  ['ya29.', 16],
  ['GOCSPX-', 16],
  ['dop_v1_', 20],
  ['dckr_pat_', 16],
  ['AGE-SECRET-KEY-', 20],
  ['hvs.', 16],
  ['lin_api_', 16],
  ['ntn_', 16],
  ['figd_', 16],
  // Money and messages.
  ['sk_live_', 10],
  ['sk_test_', 10],
  ['rk_live_', 10],
  ['rk_test_', 10],
  ['pk_live_', 10],
  ['whsec_', 16],
  ['shpat_', 16],
  ['sq0atp-', 16],
  ['SG.', 20],
  ['xoxb-', 10],
  ['xoxa-', 10],
  ['xoxp-', 10],
  ['xoxr-', 10],
  ['xoxs-', 10],
  ['xapp-', 10],
]

/** By their first character, because most words begin like none. */
const BY_FIRST = new Map<number, (readonly [string, number])[]>()
for (const each of PREFIXES) {
  const first = each[0].charCodeAt(0)
  BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), each])
}

const isJoint = charactersOf('_.-')
const isOfToken = (code: number) => isAlphanumeric(code) || isJoint(code)
/** What base64 adds to it. */
const isOfBase64 = charactersOf('+/=')

const LONG = 32
const LONG_DIGITS = 4

/** Keys and tokens: by how they begin, by their form (JWT), or by being long and without a word in it. */
export function findTokens(text: string): Finding[] {
  const found: Finding[] = []
  let at = 0
  while (at < text.length) {
    if (!isOfToken(text.charCodeAt(at))) {
      at += 1
      continue
    }
    const start = at
    let digits = 0
    let dots = 0
    let key: number | null = null
    let isNew = true
    while (at < text.length && isOfToken(text.charCodeAt(at))) {
      const code = text.charCodeAt(at)
      if (isNew && key === null && beginsKey(text, at)) key = at
      if (isDigit(code)) digits += 1
      if (code === 46) dots += 1
      isNew = isJoint(code)
      at += 1
    }
    let end = at
    while (end < text.length && isOfBase64(text.charCodeAt(end))) end += 1
    while (at > start && text.charCodeAt(at - 1) === 46) at -= 1
    const isLong = at - start >= LONG && dots === 0 && digits >= LONG_DIGITS && digits < at - start
    if (key !== null) {
      while (end < text.length && (isOfToken(text.charCodeAt(end)) || isOfBase64(text.charCodeAt(end))))
        end += 1
      found.push({ start: key, end: Math.max(end, at), label: 'key' })
      at = end
    } else if (isJwt(text, start, at, dots) || isLong) {
      found.push({ start, end: at, label: 'token' })
    }
    at = Math.max(at, end)
  }
  return found
}

/** A well-known beginning with enough behind it. */
function beginsKey(text: string, at: number): boolean {
  const known = BY_FIRST.get(text.charCodeAt(at))
  return (
    known?.some(
      ([prefix, atLeast]) => text.startsWith(prefix, at) && isFilled(text, at, prefix.length + atLeast),
    ) ?? false
  )
}

function isFilled(text: string, from: number, length: number): boolean {
  if (from + length > text.length) return false
  for (let at = from; at < from + length; at += 1) if (!isOfToken(text.charCodeAt(at))) return false
  return true
}

/** Two or more parts of base64url, the first of which is an object: https://www.rfc-editor.org/rfc/rfc7519 */
function isJwt(text: string, start: number, end: number, dots: number): boolean {
  return dots >= 1 && end - start >= 24 && text.startsWith('eyJ', start)
}

const BEGIN = '-----BEGIN '
const END = '-----END '

/** Keys and certificates as files hold them, to their end or, where that is cut off, to the text's. */
export function findPem(text: string): Finding[] {
  const found: Finding[] = []
  let start = text.indexOf(BEGIN)
  while (start !== -1) {
    const closing = text.indexOf(END, start)
    const dashes = closing === -1 ? -1 : text.indexOf('-----', closing + END.length)
    const end = dashes === -1 ? text.length : dashes + 5
    found.push({ start, end, label: 'key' })
    start = text.indexOf(BEGIN, end)
  }
  return found
}

const LABELLED =
  /\b(?:bearer|basic) +(?=[^\s"',;]{8})|(?<![a-z0-9])(?:password|passwort|passwd|passphrase|pwd|secret|token|api[-_ ]?key|access[-_ ]?key|secret[-_ ]?access[-_ ]?key|client[-_ ]?secret)["']? {0,3}[:=] {0,3}["']?(?=[^\s"',;]{4})/gi
const isEndOfValue = charactersOf(' \t\r\n"\',;')

/** What follows a word that says it is secret: `password: …`, `Bearer …`. */
export function findLabelled(text: string): Finding[] {
  const found: Finding[] = []
  let done = 0
  for (const match of text.matchAll(LABELLED)) {
    const start = match.index + match[0].length
    if (start < done) continue
    let end = start
    while (end < text.length && !isEndOfValue(text.charCodeAt(end))) end += 1
    found.push({ start, end, label: 'secret' })
    done = end
  }
  return found
}

/** The password of `https://user:password@host`. */
export function findUrlPasswords(text: string): Finding[] {
  const found: Finding[] = []
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    let end = at + 3
    let colon = -1
    while (end < text.length && end - at < MAX_USER_INFO && !isEndOfUserInfo(text.charCodeAt(end))) {
      if (text[end] === ':' && colon === -1) colon = end
      end += 1
    }
    if (text[end] === '@' && colon !== -1) found.push({ start: at + 3, end, label: 'secret' })
  }
  return found
}

const MAX_USER_INFO = 256
const isEndOfUserInfo = charactersOf(' \t\r\n@/?#"<>')
