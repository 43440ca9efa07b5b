import { type Feature, HEADER, parseTraceparent, type RunRecord } from '@evenkeel/shared'
import type { Run } from '../../src/run/run.ts'
import { answerReply } from '../../src/testing/replies.ts'
import { createRandom, randomByte } from '../storm/random.ts'
import { createTimeline } from '../storm/timeline.ts'
import type { ClientParts } from './client-parts.ts'
import { type Plot, plotOf } from './script.ts'

/** What the server and the users know of it all: the witnesses. */
export interface Truth {
  /** Every run that asked the server: whether it failed there, and after how long the first token left. */
  readonly asked: Map<string, { readonly failed: boolean; readonly latencyMs: number }>
  readonly stopped: Set<string>
  readonly down: Set<string>
  readonly up: Set<string>
  readonly regenerated: Set<string>
  /** Of those of which something was said while their page was open. */
  readonly saidOnPage: Set<string>
}

export interface PopulationOptions {
  readonly runs: number
  readonly sampleRate: number
  readonly seed: number
  readonly feature: Feature<string>
  /** Takes what leaves the pages. */
  collect(path: string, body: string): Promise<Response>
}

/** Runs of one page, which is then closed. */
const RUNS_A_PAGE = 50
const PAGES_AT_ONCE = 10
const EPOCH_MS = Date.UTC(2026, 5, 1)

/** Lets a population of users loose on real engines, in virtual time. */
export async function runPopulation(parts: ClientParts, options: PopulationOptions): Promise<Truth> {
  const truth: Truth = {
    asked: new Map(),
    stopped: new Set(),
    down: new Set(),
    up: new Set(),
    regenerated: new Set(),
    saidOnPage: new Set(),
  }
  const timeline = createTimeline()
  const random = createRandom(options.seed)
  const plots = new Map<number, Plot>()
  const plot = (run: number) => {
    const known = plots.get(run) ?? plotOf(options.seed, run)
    plots.set(run, known)
    return known
  }
  const body = answerReply(['An ', 'answer.'])
    .body?.map(({ text }) => text)
    .join('')

  async function serve(run: number, init: RequestInit): Promise<Response> {
    const { fails, latencyMs } = plot(run)
    const runId = parseTraceparent(new Headers(init.headers).get(HEADER.traceparent))?.traceId ?? ''
    truth.asked.set(runId, { failed: fails, latencyMs })
    await new Promise<void>((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      timeline.at(timeline.nowMs + latencyMs, resolve)
    })
    if (fails) return new Response(null, { status: 500 })
    // Half of it now, the end a moment later, so that something can be said of it while it streams.
    const encoder = new TextEncoder()
    const half = body?.lastIndexOf('data: ', body.indexOf('answer.')) ?? 0
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(encoder.encode(body?.slice(0, half)))
        timeline.at(timeline.nowMs + 40, () => {
          try {
            controller.enqueue(encoder.encode(body?.slice(half)))
            controller.close()
          } catch {
            // Stopped meanwhile.
          }
        })
      },
    })
    return new Response(stream, {
      headers: { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' },
    })
  }

  function openPage(onRun: (record: RunRecord) => void) {
    return parts.assembleEngine(
      {
        environment: 'production',
        service: 'population',
        telemetry: { url: 'https://collector.example', sampleRate: options.sampleRate },
        health: false,
        page: parts.createTestPage(),
        clock: {
          nowMs: () => timeline.nowMs,
          epochMs: () => EPOCH_MS + timeline.nowMs,
          setTimeout: (callback, delayMs) => timeline.at(timeline.nowMs + delayMs, callback),
        },
        randomBytes: (length) => Uint8Array.from({ length }, () => randomByte(random)),
        fetch: ((url: string, init: RequestInit = {}) =>
          String(url).startsWith('https://collector.example')
            ? new Response(init.body).text().then((text) => options.collect(new URL(url).pathname, text))
            : serve(Number(JSON.parse(String(init.body)).input), init)) as typeof globalThis.fetch,
        onRun,
        onBug: (where, error) => {
          throw new Error(`the engine threw at ${where}`, { cause: error })
        },
      },
      parts.staticParts,
    )
  }

  const yesterday: { readonly record: RunRecord; readonly thumb: 1 | -1 }[] = []

  async function visit(first: number, last: number): Promise<() => Promise<void>> {
    const records = new Map<string, RunRecord>()
    const engine = openPage((record) => records.set(record.runId, record))
    for (let number = first; number < last; number += 1) {
      const { thumb, thumbWhen, changesMind, stops, regenerates, latencyMs } = plot(number)
      const run: Run<string> = engine.createRun(options.feature)
      const say = (when: Plot['thumbWhen']) => {
        const { runId } = run.state
        if (thumb === null || when !== thumbWhen || runId === null) return
        if (run.signal('thumbs', { value: thumb, reasons: thumb < 0 ? ['hallucination'] : [] }) === null)
          return
        truth[thumb < 0 ? 'down' : 'up'].add(runId)
        truth.saidOnPage.add(runId)
      }
      void run.start(String(number)).then((record) => {
        if (stops) truth.stopped.add(record.runId)
        if (thumb === null || stops) return
        if (thumbWhen === 'later') yesterday.push({ record, thumb })
        else if (changesMind) yesterday.push({ record, thumb: thumb < 0 ? 1 : -1 })
      })
      const at = timeline.nowMs
      if (stops) timeline.at(at + 100, () => run.stop())
      timeline.at(at + latencyMs + 20, () => say('streaming'))
      // Long enough for its record to have left, or to have been sampled away.
      timeline.at(at + 6_000, () => say('same page'))
      timeline.at(at + 8_000, () => {
        const before = run.state.runId
        if (!regenerates || before === null) return
        truth.regenerated.add(before)
        truth.saidOnPage.add(before)
        void run.regenerate()
      })
    }
    return () => engine.dispose()
  }

  const drain = async () => {
    await settlePromises()
    while (timeline.step()) await settlePromises()
    await settlePromises()
  }

  for (let first = 0; first < options.runs; ) {
    const pages = []
    for (let page = 0; page < PAGES_AT_ONCE && first < options.runs; page += 1) {
      const last = Math.min(first + RUNS_A_PAGE, options.runs)
      pages.push(await visit(first, last))
      first = last
    }
    await drain()
    for (const close of pages) void close()
    await drain()
    plots.clear()
    // A day later, on a page that never saw these runs.
    if (yesterday.length > 0) {
      const engine = openPage(() => {})
      for (const { record, thumb } of yesterday.splice(0)) {
        parts.recordSignal(parts.referenceOf(record), 'thumbs', { value: thumb }, engine)
        truth[thumb < 0 ? 'down' : 'up'].add(record.runId)
        truth[thumb < 0 ? 'up' : 'down'].delete(record.runId)
      }
      await drain()
      void engine.dispose()
      await drain()
    }
  }
  return truth
}

const settlePromises = () => new Promise<void>((resolve) => setImmediate(resolve))
