import type { StormClient, StormWorld } from './client.ts'
import type { RequestLog, RunLog } from './feature.ts'
import { createRandom } from './random.ts'
import { createTimeline, type Timeline } from './timeline.ts'
import { createServer, END_MS } from './weather.ts'

/** Everything that happened. */
export interface StormLog {
  readonly clients: number
  readonly runs: readonly RunLog[]
  readonly requests: readonly RequestLog[]
}

export interface StormOptions {
  /** Clients that ask once a minute. */
  readonly clients: number
  /** Clients besides whose users ask on three surfaces at once every few seconds; their numbers are negative. */
  readonly impatient: number
  /** Another number is another storm of the same kind. */
  readonly seed?: number
}

/** Midnight of some day. */
export const EPOCH_MS = Date.UTC(2026, 0, 1)
const MEAN_GAP_MS = 60_000
const IMPATIENT_GAP_MS = 4_000
const SURFACES = 3

/** Sets up the storm: who asks when. Whoever calls makes time go on. */
export function prepareStorm(
  { clients, impatient, seed = 0 }: StormOptions,
  createClient: (client: number, world: StormWorld) => StormClient,
): { readonly timeline: Timeline; readonly log: StormLog } {
  const timeline = createTimeline()
  const runs: RunLog[] = []
  const requests: RequestLog[] = []
  const world: StormWorld = {
    timeline,
    epochMs: EPOCH_MS,
    server: createServer(clients),
    onRequest: (request) => requests.push(request),
  }

  /** Runs come at random times that are a minute apart on average, and never before the last one has settled. */
  function startUser(client: number): void {
    const asker = createClient(client, world)
    const random = createRandom(client + 7_000_000)
    let number = 0
    const askAfter = (delayMs: number) => {
      timeline.at(timeline.nowMs + delayMs, () => {
        if (timeline.nowMs >= END_MS) return
        const startMs = timeline.nowMs
        asker.run(number, (log) => {
          runs.push(log)
          askAfter(Math.max(1, startMs + gapMs() - timeline.nowMs))
        })
        number += 1
      })
    }
    const gapMs = () => -Math.log(1 - random()) * MEAN_GAP_MS
    askAfter(random() * MEAN_GAP_MS)
  }

  function startImpatientUser(client: number): void {
    const asker = createClient(client, world)
    const random = createRandom(client - 7_000_000)
    let number = 0
    const ask = () => {
      if (timeline.nowMs >= END_MS) return
      for (let surface = 0; surface < SURFACES; surface += 1) {
        asker.run(number, (log) => runs.push(log))
        number += 1
      }
      timeline.at(timeline.nowMs + IMPATIENT_GAP_MS * (0.5 + random()), ask)
    }
    timeline.at(random() * IMPATIENT_GAP_MS, ask)
  }

  for (let client = 0; client < clients; client += 1) startUser(seed * 1_000_000 + client)
  for (let client = 1; client <= impatient; client += 1) startImpatientUser(-client)
  return { timeline, log: { clients, runs, requests } }
}
