import { decodeTimeline, type Moment, type RunRecord, type StepKind } from '@evenkeel/shared'
import type { RunState } from '../run/run.ts'

/** What there was to see of a run at one instant. */
export interface Scene {
  readonly state: Omit<RunState, 'output'>
  /** Visible characters. */
  readonly characters: number
  /** They are of a partial answer that another one took the place of later. */
  readonly isReplacedLater: boolean
}

/** A run as a film: what was to be seen when, and the instants at which that changed. */
export interface Film {
  readonly durationMs: number
  /** Sorted, each once, from 0 to `durationMs`. */
  readonly cuts: readonly number[]
  at(positionMs: number): Scene
}

/**
 * A record as a film. It is made of what the record keeps without content: when how many characters arrived, which
 * moments came, and which attempts were made.
 */
export function createFilm(record: RunRecord): Film {
  const arrivals = decodeTimeline(record.timeline)
  const isText = arrivals.length === 0 || record.answerLength > 0
  const own = ownFrom(arrivals, record.answerLength)
  const { attempts, moments, settledMs } = record
  const cuts = [
    0,
    settledMs,
    ...arrivals.map(({ atMs }) => atMs),
    ...moments.map(({ atMs }) => atMs),
    ...attempts.flatMap(({ startedMs, endedMs }) => [startedMs, endedMs]),
  ].filter((atMs) => atMs >= 0 && atMs <= settledMs)

  function at(positionMs: number): Scene {
    const come = arrivals.filter(({ atMs }) => atMs <= positionMs).length
    const isReplacedLater = come <= own
    const from = isReplacedLater ? 0 : own
    const characters = arrivals.slice(from, come).reduce((sum, arrival) => sum + arrival.characters, 0)
    const isSettled = positionMs >= settledMs
    const attempt = attempts.filter(({ startedMs }) => startedMs <= positionMs).at(-1)
    const failed = attempts.filter(({ endedMs, failure }) => failure !== null && endedMs <= positionMs).at(-1)
    const moment = moments.filter(({ atMs }) => atMs <= positionMs).at(-1)
    return {
      characters: isText
        ? isSettled
          ? record.answerLength
          : Math.min(characters, lengthOf(isReplacedLater))
        : 0,
      isReplacedLater: isReplacedLater && own > 0 && !isSettled,
      state: {
        phase: isSettled
          ? 'settled'
          : positionMs >= (record.firstTokenMs ?? Number.POSITIVE_INFINITY)
            ? 'streaming'
            : 'waiting',
        runId: record.runId,
        outcome: isSettled ? record.outcome : null,
        step: (attempt?.step ?? null) satisfies StepKind | null,
        tier: attempt?.tier ?? null,
        failure: failed?.failure ?? null,
        // A deck that was silent on purpose told the user nothing.
        moment: (moment === undefined || moment.silent === true
          ? null
          : moment.moment) satisfies Moment | null,
        ageMs: record.answerAgeMs ?? null,
        level: record.level,
        levelBy: record.levelBy,
      },
    }
  }

  function lengthOf(isPartial: boolean): number {
    return isPartial && own > 0 ? Number.POSITIVE_INFINITY : record.answerLength
  }

  return { durationMs: settledMs, cuts: [...new Set(cuts)].sort((a, b) => a - b), at }
}

/** The first arrival of the answer that stayed; those before it are of a partial one that was replaced. */
function ownFrom(arrivals: readonly { readonly characters: number }[], answerLength: number): number {
  let from = arrivals.length
  let characters = 0
  while (from > 0 && characters < answerLength) {
    from -= 1
    characters += arrivals[from]?.characters ?? 0
  }
  return from
}
