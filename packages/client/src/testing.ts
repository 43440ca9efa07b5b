/**
 * For the tests and stories of a product: a run that does what the test says.
 *
 * @packageDocumentation
 */
export { createScriptedRun, IDLE_STATE, type ScriptedCall, type ScriptedRun } from './testing/scripted-run.ts'
