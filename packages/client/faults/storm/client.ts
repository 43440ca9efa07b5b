import type { Failure } from '@evenkeel/shared'
import { FEATURE, type RequestLog, type RunLog } from './feature.ts'
import type { StormParts } from './parts.ts'
import { createRandom, randomByte } from './random.ts'
import type { Timeline } from './timeline.ts'
import type { createServer, Reply } from './weather.ts'

/** What a client needs of the storm. */
export interface StormWorld {
  readonly timeline: Timeline
  readonly epochMs: number
  readonly server: ReturnType<typeof createServer>
  onRequest(log: RequestLog): void
}

/** A browser with one user; `run` asks once and tells when it has settled. */
export interface StormClient {
  run(number: number, onSettled: (log: RunLog) => void): void
}

const GIVE_UP_MS = 15_000

/**
 * A client that is nothing but the parts that decide: health, and the walk down the ladder. What the engine
 * does around them (requests, streams, clocks) is here in its shortest form, so that ten thousand of them fit
 * into a minute; `engine-client.ts` is the whole engine in the same storm.
 */
export function createStormClient(client: number, parts: StormParts, world: StormWorld): StormClient {
  const { timeline, server } = world
  const { ladder } = FEATURE
  const random = createRandom(client)
  const health = parts.createHealth(
    { storage: parts.createMemoryHealthStorage() },
    {
      scope: { tenant: null, user: null },
      conditions: { isOnline: () => true, connection: () => null, savesData: () => false },
      epochMs: () => world.epochMs + timeline.nowMs,
      random: () => randomByte(random) / 256,
      onChange: () => {},
    },
  )
  const top = parts.startOf(ladder, 'model')

  return {
    run(number, onSettled) {
      const startMs = timeline.nowMs
      const { level, by } = health.levelOf(FEATURE)
      const start = parts.startOf(ladder, parts.levelSpecOf(FEATURE, level).startAt)
      const falls: { at: number; failure: Failure; tierOnly: boolean }[] = []
      const failures: (string | null)[] = []
      let requests = 0

      const settle = (answeredBy: RunLog['answeredBy']) =>
        onSettled({ client, startMs, endMs: timeline.nowMs, level, by, requests, answeredBy, failures })

      function fall(at: number, failure: Failure, tierOnly: boolean): void {
        failures.push(failure)
        falls.push({ at, failure, tierOnly })
        takeNext()
      }

      function takeNext(): void {
        const modelTimeLeft = timeline.nowMs - startMs < GIVE_UP_MS
        const at = parts.nextStep(ladder, falls, { start, modelTimeLeft })
        const step = at === null ? undefined : ladder[at]
        if (at === null || step === undefined || step.step === 'omit') return settle('nobody')
        if (step.step !== 'model') return settle('template')
        const id = `${client} ${number} ${requests}`
        const isRetry = falls.at(-1)?.at === at
        const notAsked = health.ask(FEATURE, at, { id, level, isRetry })
        if (notAsked) return fall(at, notAsked.failure, notAsked.tierOnly)
        ask(at, id, step.tier ?? 'primary')
      }

      function ask(at: number, id: string, tier: string): void {
        const atMs = timeline.nowMs
        const reply = server({ client, run: number, nth: requests, atMs })
        world.onRequest({
          client,
          run: number,
          nth: requests,
          tier,
          atMs,
          endMs: reply.afterMs === null ? null : atMs + reply.afterMs,
          isGood: reply.kind === 'answer' || reply.kind === 'violation',
          retryAfterS: reply.retryAfterS,
        })
        requests += 1
        const giveUpMs = startMs + GIVE_UP_MS
        const endMs = Math.min(giveUpMs, atMs + (reply.afterMs ?? GIVE_UP_MS))
        timeline.at(endMs, () => {
          const failure = endMs === giveUpMs ? 'timeout.first-token' : failureOf(reply)
          const retryAfterMs = reply.retryAfterS === null ? null : reply.retryAfterS * 1000
          health.report(FEATURE, at, { id, failure, tierOnly: false, retryAfterMs, serverLevel: null })
          if (failure !== null) return fall(at, failure, false)
          failures.push(null)
          settle('model')
        })
      }

      if (top !== 0) throw new Error('The ladder of the storm begins with a model.')
      takeNext()
    },
  }
}

function failureOf({ kind, status }: Reply): Failure | null {
  if (kind === 'answer') return null
  if (kind === 'violation') return 'schema'
  if (kind === 'no connection') return 'network'
  return status === 429 ? 'http.rate-limit' : 'http.server'
}
