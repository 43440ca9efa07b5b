import type { Deck, FormatWords, WordContext } from '@evenkeel/shared'
import { IntlMessageFormat } from 'intl-messageformat'

export type IcuValue = string | number | boolean | Date

export interface IcuOptions {
  /** Values of the app's own that messages may name; a function is asked each time. */
  readonly values?: Readonly<Record<string, IcuValue>> | (() => Readonly<Record<string, IcuValue>>)
  /** Hears once of each text that cannot be read or filled; the console in development where absent. */
  readonly onError?: (text: string, error: unknown) => void
}

const MINUTE_MS = 60_000

/**
 * The deck with its texts read as ICU messages, in its own locale. They may name the app's `values`, `age` (in
 * words), `minutes`, `hours` and `days` (the same age in numbers, in `cached`), and `level`. A text that is
 * broken or lacks a value is passed over, as one whose placeholder nobody knows: the deck's plain words stand in,
 * then the default ones.
 *
 * @example
 * const deck = withIcu({ ...en, cached: 'From {days, plural, =0 {today} one {yesterday} other {# days ago}}.' })
 * <EvenkeelProvider deck={deck}>…</EvenkeelProvider>
 */
export function withIcu(deck: Deck, { values = {}, onError = logInDevelopment }: IcuOptions = {}): Deck {
  const compiled = new Map<string, IntlMessageFormat | null>()
  const told = new Set<string>()

  const tell = (text: string, error: unknown) => {
    if (told.has(text)) return
    told.add(text)
    try {
      onError(text, error)
    } catch {
      // Whoever is told of broken words throws; the user is told something all the same.
    }
  }
  const compile = (text: string): IntlMessageFormat | null => {
    const known = compiled.get(text)
    if (known !== undefined) return known
    let message: IntlMessageFormat | null = null
    try {
      // Words are text, so a bracket is a bracket.
      message = new IntlMessageFormat(text, deck.locale, undefined, { ignoreTag: true })
    } catch (error) {
      tell(text, error)
    }
    compiled.set(text, message)
    return message
  }
  const format: FormatWords = (text, about) => {
    const message = compile(text)
    if (message === null) return undefined
    try {
      const own = typeof values === 'function' ? values() : values
      const words = String(message.format({ ...own, ...valuesOf(about) }))
      // What is no number is written as one all the same.
      if (!words.includes('NaN') || text.includes('NaN')) return words
      throw new TypeError('A value that should be a number is none.')
    } catch (error) {
      // A value that nobody has yet is no mistake: the age of an answer that has none.
      if (!isMissingValue(error)) tell(text, error)
      return undefined
    }
  }
  return { ...deck, format }
}

function valuesOf({ level, ageMs, placeholders }: WordContext): Record<string, IcuValue> {
  return {
    ...placeholders,
    ...(level === undefined ? {} : { level }),
    ...(ageMs === undefined
      ? {}
      : {
          minutes: Math.floor(ageMs / MINUTE_MS),
          hours: Math.floor(ageMs / (60 * MINUTE_MS)),
          days: Math.floor(ageMs / (24 * 60 * MINUTE_MS)),
        }),
  }
}

function isMissingValue(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'MISSING_VALUE'
}

declare const process: { readonly env: { readonly NODE_ENV?: string } }

function logInDevelopment(text: string, error: unknown): void {
  try {
    if (process.env.NODE_ENV !== 'production')
      console.error(`evenkeel: the words '${text}' cannot be put in a message; others stand in.`, error)
  } catch {}
}
