import { chance } from './random.ts'

/** What the server is like from one time to another. */
export interface Phase {
  readonly name: string
  /** Seconds from the start. */
  readonly fromS: number
  readonly toS: number
  readonly weather: 'calm' | 'outage' | 'brown-out' | 'bad prompt'
}

const LENGTHS: readonly (readonly [name: string, seconds: number, weather: Phase['weather']])[] = [
  ['calm', 120, 'calm'],
  ['outage', 60, 'outage'],
  ['after the outage', 180, 'calm'],
  ['brown-out', 120, 'brown-out'],
  ['after the brown-out', 180, 'calm'],
  ['bad prompt', 60, 'bad prompt'],
  ['after the bad prompt', 240, 'calm'],
]

export const PHASES: readonly Phase[] = LENGTHS.map(([name, seconds, weather], index) => {
  const fromS = LENGTHS.slice(0, index).reduce((sum, [, length]) => sum + length, 0)
  return { name, fromS, toS: fromS + seconds, weather }
})

export const END_MS = (PHASES.at(-1)?.toS ?? 0) * 1000

export function phaseAt(atMs: number): Phase {
  const phase = PHASES.find(({ toS }) => atMs < toS * 1000) ?? PHASES.at(-1)
  if (phase === undefined) throw new Error('There are no phases.')
  return phase
}

/** One request as the server sees it. */
export interface Ask {
  readonly client: number
  readonly run: number
  /** The number of the request within its run. */
  readonly nth: number
  readonly atMs: number
}

/** What it gets. */
export interface Reply {
  /** `null` for never. */
  readonly afterMs: number | null
  readonly kind: 'answer' | 'violation' | 'status' | 'no connection'
  readonly status: number
  readonly retryAfterS: number | null
}

const ANSWER: Reply = {
  afterMs: 0,
  kind: 'answer',
  status: 200,
  retryAfterS: null,
}
const ERRORS_SHARE = 0.005
const VIOLATIONS_SHARE = 0.02
/** Of a server in a brown-out: so much of the ordinary load, and so many errors among what it takes on. */
export const CAPACITY_SHARE = 0.5
export const BROWN_ERRORS_SHARE = 0.1
const BROWN_RETRY_AFTER_S = 15
/** A server under `clients` that ask once a minute each. */
export function createServer(clients: number): (ask: Ask) => Reply {
  const takenOn = new Map<number, number>()
  const capacityPerS = (clients / 60) * CAPACITY_SHARE

  /** Whether the server takes on one more in this second. */
  function takesOn(atMs: number): boolean {
    const second = Math.floor(atMs / 1000)
    const taken = takenOn.get(second) ?? 0
    if (taken >= capacityPerS) return false
    takenOn.set(second, taken + 1)
    return true
  }

  return (ask) => {
    const { client, run, nth, atMs } = ask
    const dice = (what: number) => chance(client, run, nth, what)
    const { weather } = phaseAt(atMs)
    const answerMs = 500 + 2_000 * dice(1)
    const failure = (status: number, change: Partial<Reply> = {}): Reply => ({
      ...ANSWER,
      kind: 'status',
      status,
      afterMs: 30 + 100 * dice(2),
      ...change,
    })
    if (weather === 'outage') {
      if (dice(3) < 0.2) return { ...ANSWER, afterMs: null }
      return dice(3) < 0.5 ? failure(503) : failure(0, { kind: 'no connection' })
    }
    if (weather === 'brown-out') {
      if (!takesOn(atMs)) {
        return dice(4) < 0.25 ? failure(503) : failure(429, { retryAfterS: BROWN_RETRY_AFTER_S })
      }
      return dice(5) < BROWN_ERRORS_SHARE ? failure(500) : { ...ANSWER, afterMs: 2 * answerMs }
    }
    if (dice(7) < ERRORS_SHARE) return failure(503)
    const violations = weather === 'bad prompt' && client < 0 ? 1 : VIOLATIONS_SHARE
    return { ...ANSWER, afterMs: answerMs, kind: dice(8) < violations ? 'violation' : 'answer' }
  }
}

/**
 * The share of runs that a client gets answered which knows the weather: it asks nobody in an outage,
 * and in a brown-out everybody asks once and the server does what it can.
 */
export function oracleShare(weather: Phase['weather'], runsPerS: number, clients: number): number {
  if (weather === 'outage') return 0
  if (weather !== 'brown-out') return 1 - ERRORS_SHARE
  const capacityPerS = Math.ceil((clients / 60) * CAPACITY_SHARE)
  return Math.min(1, capacityPerS / Math.max(1, runsPerS)) * (1 - BROWN_ERRORS_SHARE)
}
