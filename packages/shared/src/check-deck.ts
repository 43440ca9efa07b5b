import { CONTROL_WORDS, PLACEHOLDERS } from './deck.ts'
import { MOMENTS, RUN_MOMENTS } from './moment.ts'

/** One thing that is wrong with a deck: which key, and what to do. */
export interface DeckProblem {
  /** A key such as `limited.3`; `deck` for the whole. */
  readonly field: string
  /** What is wrong and the fix, in one sentence. */
  readonly message: string
}

/** Every key of a complete deck, in the order in which a user may meet them. */
export const DECK_KEYS: readonly string[] = [...MOMENTS, ...CONTROL_WORDS]

/** A sentence has one line of the page, a button and a reason less. */
const MAX_SENTENCE_LENGTH = 120
const MAX_LABEL_LENGTH = 40

const SENTENCES: ReadonlySet<string> = new Set([...RUN_MOMENTS, 'answer.writing', 'answer.ready'])
const KNOWN: ReadonlySet<string> = new Set([...DECK_KEYS, 'id', 'locale'])
const VARIANT = /^(.+)\.(?:[1-5]|plain)$/
const OWN_REASON = /^feedback\.reasons\.[a-z0-9]+(-[a-z0-9]+)*$/

/**
 * Everything wrong with a deck, in the order of its keys, then what it lacks; an empty list where it is
 * right and complete. It takes `unknown`, because a deck is a file that people edit.
 */
export function checkDeck(deck: unknown): DeckProblem[] {
  if (typeof deck !== 'object' || deck === null || Array.isArray(deck)) {
    return [
      { field: 'deck', message: 'must be an object of words by key, such as { "slow": "Still on it." }.' },
    ]
  }
  const present = Object.entries(deck).flatMap(([key, value]) => checkEntry(key, value))
  const missing = DECK_KEYS.filter((key) => !Object.hasOwn(deck, key)).map((field) => ({
    field,
    message: 'is missing: give it words, or null for silence.',
  }))
  return [...present, ...missing]
}

function checkEntry(field: string, value: unknown): DeckProblem[] {
  const problem = (message: string) => [{ field, message }]
  if (!isKnown(field)) return problem(`is no key of a deck${suggestionFor(field)}.`)
  if (field === 'locale')
    return isLocale(value) ? [] : problem('must be a language tag such as "de" or "pt-BR".')
  if (value === null && field !== 'id') return []
  if (typeof value !== 'string') return problem('must be words in quotes, or null for silence.')
  if (value.trim() === '') return problem('has no words: write null where silence is meant.')
  return field === 'id' ? [] : checkText(field, value).map((message) => ({ field, message }))
}

function checkText(field: string, text: string): string[] {
  const problems: string[] = []
  const base = baseOf(field)
  const allowed = field.endsWith('.plain') ? [] : (PLACEHOLDERS[base] ?? [])
  for (const [whole, name = ''] of text.matchAll(/\{(\w+)\}/g)) {
    if (allowed.includes(name)) continue
    const known = allowed.map((each) => `{${each}}`).join(', ')
    problems.push(
      `has the unknown placeholder ${whole}: ${known === '' ? 'there is none here' : `known is ${known}`}.`,
    )
  }
  if (/[{}]/.test(text.replace(/\{\w+\}/g, ''))) {
    problems.push('has a brace that belongs to no placeholder: write one as {name}, or leave the brace out.')
  }
  const max = SENTENCES.has(base) ? MAX_SENTENCE_LENGTH : MAX_LABEL_LENGTH
  if (text.length > max) problems.push(`is ${text.length} characters long: say it in ${max}.`)
  return problems
}

function isKnown(key: string): boolean {
  if (KNOWN.has(key) || OWN_REASON.test(key)) return true
  return key === 'cached.plain' || (/[1-5]$/.test(key) && baseOf(key) !== key)
}

/** The moment of which this is a variant, else the key itself. */
function baseOf(key: string): string {
  const base = VARIANT.exec(key)?.[1]
  return base !== undefined && (RUN_MOMENTS as readonly string[]).includes(base) ? base : key
}

function suggestionFor(key: string): string {
  const near = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')
  const meant = DECK_KEYS.find((each) => near(each) === near(key) || near(each).endsWith(`s${near(key)}`))
  return meant === undefined ? ': remove it, or take one of the moments' : `: did you mean "${meant}"`
}

function isLocale(value: unknown): boolean {
  if (typeof value !== 'string') return false
  try {
    return Intl.getCanonicalLocales(value).length === 1
  } catch {
    return false
  }
}
