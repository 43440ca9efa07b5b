/**
 * For the tests of products: an engine with a scripted server and virtual time, and runs that do as
 * they are told.
 *
 * @packageDocumentation
 */
export * from './testing/replies.ts'
export * from './testing/scripted-run.ts'
export * from './testing/scripted-server.ts'
export * from './testing/test-engine.ts'
export * from './testing/virtual-clock.ts'
