import { HEADER, parseAttempt, type RunRecord } from '@evenkeel/shared'
import { createMemoryHealthStorage } from '../../src/health/health-storage.ts'
import { assembleEngine } from '../../src/run/engine.ts'
import { answerReply } from '../../src/testing/replies.ts'
import { staticParts } from '../../src/testing/static-parts.ts'
import { createCountingBytes, createTestPage } from '../../src/testing/test-engine.ts'
import type { StormClient, StormWorld } from './client.ts'
import { ANSWER_TEXT, FEATURE, type RunLog, VIOLATION_TEXT } from './feature.ts'
import { createRandom, randomByte } from './random.ts'
import type { Reply } from './weather.ts'

/** The whole engine in the storm: its requests, streams, readers and clocks, with only the network scripted. */
export function createEngineClient(client: number, world: StormWorld): StormClient {
  const { timeline } = world
  const random = createRandom(client)
  const countingBytes = createCountingBytes()
  /** Which run of the storm a run of the engine is, and how many requests it has made. */
  const asked = new Map<string, { readonly number: number; requests: number }>()
  let startingNumber = 0

  function fetch(_target: unknown, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    const runId = headers.get(HEADER.idempotencyKey) ?? ''
    const tier = parseAttempt(headers.get(HEADER.attempt))?.tier ?? ''
    const run = asked.get(runId) ?? { number: startingNumber, requests: 0 }
    asked.set(runId, run)
    const atMs = timeline.nowMs
    const at = { client, run: run.number, nth: run.requests, atMs }
    const reply = world.server(at)
    world.onRequest({
      ...at,
      tier,
      endMs: reply.afterMs === null ? null : atMs + reply.afterMs,
      isGood: reply.kind === 'answer' || reply.kind === 'violation',
      retryAfterS: reply.retryAfterS,
    })
    run.requests += 1
    return new Promise((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      if (reply.afterMs === null) return
      timeline.at(atMs + reply.afterMs, () => {
        if (reply.kind === 'no connection') reject(new TypeError('Failed to fetch'))
        else resolve(responseOf(reply))
      })
    })
  }

  const engine = assembleEngine(
    {
      sandbox: true,
      health: { storage: createMemoryHealthStorage() },
      page: createTestPage(),
      clock: {
        nowMs: () => timeline.nowMs,
        epochMs: () => world.epochMs + timeline.nowMs,
        setTimeout: (callback, delayMs) => timeline.at(timeline.nowMs + delayMs, callback),
      },
      // Single bytes are dice; ids are longer.
      randomBytes: (length) => (length === 1 ? new Uint8Array([randomByte(random)]) : countingBytes(length)),
      fetch: fetch as typeof globalThis.fetch,
      onBug: (where, error) => {
        throw new Error(`the engine threw at ${where}`, { cause: error })
      },
    },
    staticParts,
  )
  // Health is loaded with the first surface, long before anyone asks.
  engine.createRun(FEATURE)

  return {
    run(number, onSettled) {
      const startMs = timeline.nowMs
      startingNumber = number
      const run = engine.createRun(FEATURE)
      void run.start('storm').then((record) => {
        const requests = asked.get(record.runId)?.requests ?? 0
        asked.delete(record.runId)
        onSettled({ client, startMs, endMs: timeline.nowMs, requests, ...logOf(record) })
      })
    },
  }
}

function logOf({
  level,
  levelBy,
  attempts,
}: RunRecord): Pick<RunLog, 'level' | 'by' | 'answeredBy' | 'failures'> {
  const last = attempts.at(-1)
  return {
    level,
    by: levelBy,
    answeredBy:
      last?.step === 'model' && last.failure === null
        ? 'model'
        : last?.step === 'template'
          ? 'template'
          : 'nobody',
    failures: attempts.filter(({ step }) => step === 'model').map(({ failure }) => failure),
  }
}

function responseOf(reply: Reply): Response {
  const headers = reply.retryAfterS === null ? {} : { [HEADER.retryAfter]: `${reply.retryAfterS}` }
  if (reply.kind === 'status') return new Response(null, { status: reply.status, headers })
  const scripted = answerReply([reply.kind === 'answer' ? ANSWER_TEXT : VIOLATION_TEXT])
  const body = scripted.body?.map(({ text }) => text).join('') ?? ''
  return new Response(body, { headers: { ...scripted.headers } })
}
