import { findAddresses } from './find-addresses.ts'
import { findEmails } from './find-emails.ts'
import { findIbans } from './find-ibans.ts'
import { findNumbers } from './find-numbers.ts'
import { findLabelled, findPem, findTokens, findUrlPasswords } from './find-secrets.ts'
import type { Finder, Finding } from './finding.ts'
import { fold } from './fold.ts'

/** What an app looks for besides: a pattern, or a function where a pattern will not do. */
export interface OwnFinder {
  /** What stands in its place, in brackets. */
  readonly label: string
  /**
   * All of its matches go. It is asked of every text, so let it not backtrack: no `(a+)+`, and bounds
   * where two parts could match the same.
   */
  readonly find: RegExp | ((text: string) => Iterable<readonly [start: number, end: number]>)
}

export interface RedactorOptions {
  readonly own?: readonly OwnFinder[]
  /** Texts are cut here before anything is looked for, in UTF-16 code units; 100,000 where absent. */
  readonly maxLength?: number
}

/** Gives a text without what says who somebody is. */
export type Redact = (text: string) => string

/** The earlier ones first: where two begin together and end together, the first says what it is. */
const FINDERS: readonly Finder[] = [
  findPem,
  findUrlPasswords,
  findLabelled,
  findIbans,
  findTokens,
  findEmails,
  findAddresses,
  findNumbers,
]

const MAX_LENGTH = 100_000

/**
 * Makes the function that an engine calls before it queues what a user wrote: e-mail addresses, phone, card
 * and bank account numbers, IP addresses, keys and tokens, and what the app looks for itself, become
 * `[email]`, `[phone]`, … Its time grows with the length of the text and with nothing else.
 *
 * @example
 * const redact = createRedactor({ own: [{ label: 'ticket', find: /\bT-\d{4,9}\b/ }] })
 * const engine = createEngine({ content: 'redacted', redact })
 */
export function createRedactor({ own = [], maxLength = MAX_LENGTH }: RedactorOptions = {}): Redact {
  const finders = [...own.map(finderOf), ...FINDERS]
  return (given) => {
    const original = given.slice(0, maxLength)
    const { text, at } = fold(original)
    const found = finders.flatMap((find) => find(text))
    let out = ''
    let done = 0
    for (const { start, end, label } of merged(found)) {
      out += `${original.slice(done, at(start))}[${label}]`
      done = at(end - 1) + 1
    }
    return out + original.slice(done)
  }
}

/** Stretches that touch nothing of each other, in their order; of two that overlap the whole goes. */
function merged(found: readonly Finding[]): Finding[] {
  const inOrder = found
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start || b.end - a.end)
  const apart: Finding[] = []
  for (const next of inOrder) {
    const last = apart.at(-1)
    if (last === undefined || next.start >= last.end) apart.push(next)
    else if (next.end > last.end) apart[apart.length - 1] = { ...last, end: next.end }
  }
  return apart
}

function finderOf({ label, find }: OwnFinder): Finder {
  if (typeof find === 'function')
    return (text) => Array.from(find(text), ([start, end]) => ({ start, end, label }))
  const everywhere = new RegExp(find.source, find.flags.includes('g') ? find.flags : `${find.flags}g`)
  return (text) =>
    Array.from(text.matchAll(everywhere), (match) => ({
      start: match.index,
      end: match.index + match[0].length,
      label,
    }))
}
