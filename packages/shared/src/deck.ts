import type { Level } from './level.ts'
import type { Moment, RUN_MOMENTS } from './moment.ts'

/** What the components say besides the moments. */
export const CONTROL_WORDS = [
  'answer.writing',
  'answer.ready',
  'feedback.up',
  'feedback.down',
  'feedback.why',
  'feedback.regenerate',
  'feedback.copy',
  'feedback.copied',
  'feedback.comment',
  'feedback.send',
  'feedback.code',
  'code.copy',
  'code.copied',
  'image.hidden',
  'task.done',
  'task.open',
] as const

export type ControlWord = (typeof CONTROL_WORDS)[number]

type RunMoment = (typeof RUN_MOMENTS)[number]

/**
 * Everything that can be put in words. A reason of the app's own is `feedback.reasons.<reason>`. Of a
 * moment there may be other words for one level (`limited.3`), and others for where a placeholder has
 * no value (`cached.plain`).
 */
export type WordKey =
  | Moment
  | ControlWord
  | `feedback.reasons.${string}`
  | `${RunMoment}.${Level}`
  | 'cached.plain'

/** Words by key; what is left out keeps its default, and `null` is silence. */
export type Words = Readonly<Partial<Record<WordKey, string | null>>>

/**
 * Puts values into a text of a deck in another way than by replacing `{name}`; `undefined` where it cannot. It
 * must not throw.
 */
export type FormatWords = (text: string, about: WordContext) => string | undefined

/** The words of a feature, or of a product, in one language: a flat JSON object. `checkDeck` reads one from a file. */
export interface Deck extends Words {
  /** How records name it; `<feature>/<locale>` where absent. */
  readonly id?: string
  /** A BCP 47 tag such as `de`. */
  readonly locale?: string
  /** Not in a file: code that reads its texts, such as `withIcu` of `@evenkeel/client/icu` puts here. */
  readonly format?: FormatWords
}

/** Placeholders by the key that may have them; `{age}` is such as `3 days ago`. */
export const PLACEHOLDERS: Readonly<Record<string, readonly string[]>> = { cached: ['age'] }

/** What is known where words are looked up. */
export interface WordContext {
  readonly level?: Level
  readonly placeholders?: Readonly<Record<string, string>>
  /** How old an answer from the cache is. */
  readonly ageMs?: number
  /** The deck's own way with its texts; `{name}` is replaced where absent. */
  readonly format?: FormatWords | undefined
}

/**
 * The words for a key: those for the level before the key's own, and those without placeholders last,
 * each only where all its placeholders are known. `null` is silence on purpose; `undefined`: the deck
 * has no words for it.
 *
 * @example
 * wordsFor(deck, 'cached', { placeholders: { age: '3 days ago' } })
 */
export function wordsFor(deck: Words, key: WordKey, about: WordContext = {}): string | null | undefined {
  const { level, format = fill } = about
  for (const each of [`${key}.${level}`, key, `${key}.plain`]) {
    const text = deck[each as WordKey]
    const words = typeof text === 'string' ? format(text, about) : text
    if (words !== undefined) return words
  }
}

/** One pass, so that a brace within a value stays a brace; `undefined` where a value is missing. */
function fill(text: string, { placeholders: values = {} }: WordContext): string | undefined {
  let isWhole = true
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    isWhole &&= Object.hasOwn(values, name)
    return values[name] ?? ''
  })
  return isWhole ? filled : undefined
}
