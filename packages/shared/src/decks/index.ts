/**
 * Complete decks to start from, one module each, so that a page carries only those it imports.
 *
 * @packageDocumentation
 */
export { ar } from './ar.ts'
export { de } from './de.ts'
export { en } from './en.ts'
