/**
 * Decks whose words are ICU messages: plurals, choices, numbers and dates. It needs `intl-messageformat` beside
 * this package, and adds nothing to pages that do not import it.
 *
 * @packageDocumentation
 */
export { type IcuOptions, type IcuValue, withIcu } from './icu/with-icu.ts'
