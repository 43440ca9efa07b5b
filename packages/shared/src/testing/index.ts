/**
 * `@evenkeel/shared/testing`: fast-check arbitraries of what travels on the wire, so that every part
 * that stores or draws a record is tested against all of them. Needs `fast-check` beside it.
 */
export * from './arbitrary.ts'
