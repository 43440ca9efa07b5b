import { HEALTH_POLICY } from '../../src/health/health-policy.ts'
import type { RequestLog, RunLog } from './feature.ts'
import type { StormLog } from './storm.ts'
import { PHASES, phaseAt } from './weather.ts'

/** Bad manners, counted from what the server saw and from what users got; all of them are to be 0. */
export interface Manners {
  /** Requests before the time that the server had asked that client to wait for. */
  readonly too_early: number
  /** Requests of one client at the same time, beyond the first, to a server that had just failed it three times. */
  readonly crowding: number
  /** Clients that asked more than a few times through a minute in which everything failed. */
  readonly hammering: number
  /** Levels that fell without two failures in a row. */
  readonly hasty: number
  /** Levels that stayed full after two failures in a row. */
  readonly unmoved: number
  /** Clients that retried more than their budget allows where every answer was wrong. */
  readonly retries_over: number
  /** Runs below the full level long after the storm, beyond one in a hundred. */
  readonly not_back: number
}

const MOST_IN_AN_OUTAGE = 12
const SICK_AFTER = 3
const GIVE_UP_MS = 15_000

export function watch({ runs, requests }: StormLog): Manners {
  const requestsOf = groupByClient(requests)
  const inOrder = [...runs].sort((a, b) => a.startMs - b.startMs)
  const calmRunsOf = groupByClient(inOrder.filter(({ client }) => client >= 0))
  const count = <Log>(groups: Map<number, Log[]>, each: (logs: Log[]) => number) =>
    [...groups.values()].reduce((sum, logs) => sum + each(logs), 0)
  return {
    too_early: count(requestsOf, tooEarly),
    crowding: count(requestsOf, crowding),
    hammering: count(requestsOf, hammering),
    // Of impatient users, whose runs overlap, nobody outside can say which came first.
    hasty: count(calmRunsOf, hasty),
    unmoved: count(calmRunsOf, unmoved),
    retries_over: count(requestsOf, retriesOver),
    not_back: notBack(runs),
  }
}

function groupByClient<Log extends { readonly client: number }>(logs: readonly Log[]): Map<number, Log[]> {
  const groups = new Map<number, Log[]>()
  for (const log of logs) {
    const group = groups.get(log.client)
    if (group === undefined) groups.set(log.client, [log])
    else group.push(log)
  }
  return groups
}

function tooEarly(requests: RequestLog[]): number {
  const wishes = requests.filter(({ retryAfterS }) => retryAfterS !== null)
  return requests.filter(({ atMs }) =>
    wishes.some(({ endMs, retryAfterS }) => {
      const sinceMs = atMs - (endMs ?? Number.POSITIVE_INFINITY)
      return sinceMs > 0 && sinceMs < (retryAfterS ?? 0) * 1000
    }),
  ).length
}

function crowding(requests: RequestLog[]): number {
  const endOf = ({ endMs, atMs }: RequestLog) => endMs ?? atMs + GIVE_UP_MS
  const replies = [...requests].sort((a, b) => endOf(a) - endOf(b))
  let inARow = 0
  let sickSinceMs: number | null = null
  let crowd = 0
  let reply = 0
  const sent: RequestLog[] = []
  for (const request of [...requests].sort((a, b) => a.atMs - b.atMs)) {
    for (
      let seen = replies[reply];
      seen !== undefined && endOf(seen) <= request.atMs;
      seen = replies[reply]
    ) {
      reply += 1
      inARow = seen.isGood ? 0 : inARow + 1
      if (inARow === 0) sickSinceMs = null
      else if (inARow >= SICK_AFTER) sickSinceMs ??= endOf(seen)
    }
    const since = sickSinceMs
    if (since !== null && sent.some((other) => other.atMs > since && endOf(other) > request.atMs)) crowd += 1
    sent.push(request)
    while (sent[0] !== undefined && endOf(sent[0]) <= request.atMs) sent.shift()
  }
  return crowd
}

function hammering(requests: RequestLog[]): number {
  const outage = PHASES.find(({ weather }) => weather === 'outage')
  const asked = requests.filter(({ atMs }) => phaseAt(atMs) === outage)
  return asked.length > MOST_IN_AN_OUTAGE ? 1 : 0
}

/** Failures that count against a server, of an attempt that was made. */
const isSick = (failure: string | null) => failure !== null && failure !== 'schema'

function hasty(runs: RunLog[]): number {
  let inARow = 0
  let found = 0
  runs.forEach((run, index) => {
    const [before, previous] = [runs[index - 2], runs[index - 1]]
    const wasProbe = before !== undefined && previous !== undefined && previous.level > before.level
    if (previous !== undefined && run.level < previous.level && !wasProbe && inARow < 2) found += 1
    if (run.requests === 0) return
    for (const failure of run.failures) {
      if (isSick(failure)) inARow += 1
      else if (failure === null) inARow = 0
    }
  })
  return found
}

function unmoved(runs: RunLog[]): number {
  return runs.filter((run, index) => {
    const [before, first, second] = runs.slice(Math.max(0, index - 3), index)
    if (first === undefined || second === undefined) return false
    if (before?.answeredBy !== 'model') return false
    const haveFailed = [first, second].every(
      ({ requests, failures, level }) =>
        level === 5 && requests === 1 && failures.every((one) => isSick(one) && one !== 'http.rate-limit'),
    )
    // After the cool-down a probe may be at the full level again.
    const isSoon = run.startMs - second.endMs < 20_000 && second.startMs - first.endMs < 20_000
    return haveFailed && isSoon && run.level === 5
  }).length
}

function retriesOver(requests: RequestLog[]): number {
  const wrong = PHASES.find(({ weather }) => weather === 'bad prompt')
  const asked = requests.filter(({ atMs }) => phaseAt(atMs) === wrong)
  const firsts = new Set(asked.map(({ run, tier }) => `${run} ${tier}`)).size
  const retries = asked.length - firsts
  const { retryBurst, retryShare } = HEALTH_POLICY
  return retries > retryBurst + retryShare * firsts + 1 ? 1 : 0
}

function notBack(runs: readonly RunLog[]): number {
  const endMs = (PHASES.at(-1)?.toS ?? 0) * 1000
  const last = runs.filter(({ startMs, client }) => client >= 0 && startMs > endMs - 60_000)
  const low = last.filter(({ level }) => level < 5).length
  return Math.max(0, low - Math.ceil(last.length / 100))
}
