import { charactersOf, isDigit, isLetter } from './characters.ts'
import type { Finding } from './finding.ts'

/** A group of digits. */
interface Group {
  readonly start: number
  readonly end: number
  /** What parts it from the one before: the code of that mark, or `MANY` for several. */
  readonly gap: number
}

/** Several marks, such as `) ` or ` - `. */
const MANY = 0

const isSeparator = charactersOf(' -./()')
const MAX_GAP = 3
const MAX_PHONE = 15
const MAX_CARD = 19

/** Lengths of groups as one number, a hexadecimal digit each: texts would be made for every group of a run. */
const shapes = (...each: string[]): ReadonlySet<number> =>
  new Set(each.map((shape) => Number.parseInt(shape.replaceAll('-', ''), 16)))

/** Groups of digits as people write a phone number that begins with neither 0 nor +. */
const PHONE_SHAPES = shapes('3-3-4', '1-3-3-4', '5-5', '2-2-2-2', '2-2-2-2-2', '3-2-3')
/** Dates, as people write them. */
const DATE_SHAPES = shapes('4-2-2', '2-2-4', '1-2-4', '2-1-4', '2-2-2')
/** The most groups of either. */
const MAX_SHAPE = 5

/** Cards (by Luhn's check digit), phones, and other numbers long enough to be somebody's. */
export function findNumbers(text: string): Finding[] {
  const found: Finding[] = []
  for (let at = 0; at < text.length; ) {
    if (!isDigit(text.charCodeAt(at))) {
      at += 1
      continue
    }
    const groups = groupsFrom(text, at)
    readRun(text, groups, found)
    at = groups.at(-1)?.end ?? at + 1
  }
  return found
}

function groupsFrom(text: string, first: number): Group[] {
  const groups: Group[] = []
  let at = first
  let gap = MANY
  while (isDigit(text.charCodeAt(at))) {
    const start = at
    while (isDigit(text.charCodeAt(at))) at += 1
    groups.push({ start, end: at, gap })
    const end = at
    while (at - end <= MAX_GAP && isSeparator(text.charCodeAt(at))) at += 1
    if (text.charCodeAt(at) === PLUS) break
    gap = at - end === 1 ? text.charCodeAt(end) : MANY
    if (at === end || at - end > MAX_GAP) break
  }
  return groups
}

const PLUS = 43

function readRun(text: string, groups: readonly Group[], found: Finding[]): void {
  let index = 0
  while (index < groups.length) {
    const first = groups[index]
    if (first === undefined) return
    const [count, label] = numberAt(text, groups, index)
    if (count === 0) {
      index += 1
      continue
    }
    const end = groups[index + count - 1]?.end ?? first.end
    found.push({ start: openingOf(text, first.start), end, label })
    index += count
  }
}

/** How many groups from here are a number of somebody, and of what kind. */
function numberAt(text: string, groups: readonly Group[], from: number): readonly [number, string] {
  const card = cardAt(text, groups, from)
  if (card > 0) return [card, 'card']
  const first = groups[from]
  if (first === undefined) return [0, '']
  const phone = phoneAt(text, groups, from)
  if (phone > 0) return [phone, 'phone']
  if (isSocialSecurity(groups, from)) return [3, 'number']
  return first.end - first.start >= 10 ? [1, 'number'] : [0, '']
}

/**
 * How many groups from here are a card, the most where several are, by Luhn's check digit;
 * https://www.iso.org/standard/70484.html, annex B.
 */
function cardAt(text: string, groups: readonly Group[], from: number): number {
  // Which digits count twice is known only at the last one, so both sums are kept.
  let sum = 0
  let other = 0
  let count = 0
  let longest = 0
  for (let index = from; index < groups.length; index += 1) {
    const group = groups[index]
    if (group === undefined || (index > from && !isCardGap(group.gap))) break
    count += group.end - group.start
    if (count > MAX_CARD) break
    for (let at = group.start; at < group.end; at += 1) {
      const digit = text.charCodeAt(at) - 48
      const before = sum
      sum = other + digit
      other = before + (digit > 4 ? digit * 2 - 9 : digit * 2)
    }
    if (count >= 13 && sum % 10 === 0) longest = index - from + 1
  }
  return longest
}

const isCardGap = charactersOf(' -.')

function phoneAt(text: string, groups: readonly Group[], from: number): number {
  const first = groups[from]
  if (first === undefined || isPartOfWord(text, first.start)) return 0
  const isOpen = startsLikePhone(text, groups, from) || (from === 0 && isIntroduced(text, first.start))
  const most = isOpen ? MAX_PHONE : MAX_SHAPE
  let digits = 0
  let shape = 0
  /** What parts the first two; a number is written with the same marks throughout. */
  let between = MANY
  let isEven = true
  let longest = 0
  for (let count = 1; count <= most; count += 1) {
    const group = groups[from + count - 1]
    if (group === undefined) break
    const length = group.end - group.start
    digits += length
    if (digits > MAX_PHONE) break
    if (count > 2 && group.gap !== between && between !== MANY) isEven = false
    if (count === 2) between = group.gap
    if (!isOpen && !isEven) break
    shape = shape * 16 + length
    const isShaped = isEven && count <= MAX_SHAPE
    if (isShaped && DATE_SHAPES.has(shape)) continue
    if ((isShaped && PHONE_SHAPES.has(shape)) || (isOpen && digits >= 7)) longest = count
  }
  return longest
}

/** `+49`, `(030)`, `0049`, `030`: but not `0.5`. */
function startsLikePhone(text: string, groups: readonly Group[], from: number): boolean {
  const { start } = groups[from] ?? { start: 0 }
  const before = text.charCodeAt(start - 1)
  if (before === PLUS || before === PARENTHESIS) return true
  if (text.charCodeAt(start) !== 48) return false
  const isFraction = groups[from]?.end === start + 1 && groups[from + 1]?.gap === DOT
  return !isFraction
}

const PARENTHESIS = 40
const DASH = 45
const DOT = 46

const PHONE_WORD = /(?:tel|phone|call|mobile|cell|fax|whatsapp|handy|telefon|mobil|sms|text me)\b[^a-z0-9]*$/i

/** A word shortly before it says that it is a phone. */
function isIntroduced(text: string, start: number): boolean {
  return PHONE_WORD.test(text.slice(Math.max(0, start - 16), start))
}

/** `v12`, `x12`, `_12`: not where a number begins that somebody dictates. */
function isPartOfWord(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1)
  return isLetter(before) || before === 95
}

/** `123-45-6789`, as the United States number people. */
function isSocialSecurity(groups: readonly Group[], from: number): boolean {
  return [3, 2, 4].every((length, index) => {
    const group = groups[from + index]
    return group !== undefined && group.end - group.start === length && (index === 0 || group.gap === DASH)
  })
}

/** Where it begins with its plus or parenthesis. */
function openingOf(text: string, start: number): number {
  let at = start
  while (at > 0 && start - at < 2 && (text[at - 1] === '+' || text[at - 1] === '(')) at -= 1
  return at
}
