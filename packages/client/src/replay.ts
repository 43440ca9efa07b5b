/**
 * A run that is watched again, from its record: for a team's own tools and for the editor.
 *
 * @packageDocumentation
 */
export { type Replay, type ReplayOptions, replayRun } from './replay/replay-run.ts'
