import { exportLogsRequest, exportTraceRequest, type RunRecord, type Signal } from '@evenkeel/shared'
import { LOGS_PATH, TRACES_PATH } from '../../src/engine/contract.ts'
import { anAttempt, anId, aRun, aSignal } from '../../src/engine/testing/run.ts'

const MINUTE_MS = 60_000
/** One start for every process of a test: fixed when the runner loads this, told to the suite by its environment. */
export const START = 'EVENKEEL_EDITOR_START'
process.env[START] ??= String(Date.now())
const startMs = Number(process.env[START])

/**
 * A hundred runs in production, a minute apart, with first tokens of 6, 12, … 600 ms: ninety answered, ten
 * degraded after a stall; and three in staging.
 */
export const RUNS: readonly RunRecord[] = [
  ...Array.from({ length: 100 }, (_, index) => numbered(index + 1, (index + 1) * 6)),
  ...Array.from({ length: 3 }, (_, index) => ({ ...numbered(201 + index, 300), environment: 'staging' })),
]

/** A thumbs-down on every twentieth run. */
export const SIGNALS: readonly Signal[] = RUNS.slice(0, 100)
  .filter((_, index) => index % 20 === 0)
  .map(thumbsDown)

function numbered(number: number, firstTokenMs: number): RunRecord {
  const runId = anId(number)
  const at = { runId, spanId: runId.slice(16), startedAtEpochMs: startMs - number * MINUTE_MS, firstTokenMs }
  if (number % 10 !== 0) return aRun({ ...at, attempts: [anAttempt({ firstTokenMs })] })
  const stalled = anAttempt({ firstTokenMs, failure: 'timeout.stall', endedMs: 900, finishReason: null })
  const template = { step: 'template', tier: null, domain: null, status: null, protocol: null } as const
  const answered = anAttempt({
    ...template,
    spanId: '00000000000000a2',
    startedMs: 900,
    endedMs: 901,
    firstTokenMs: null,
    stages: {},
  })
  return aRun({ ...at, outcome: 'degraded', fallbackCause: 'failure', attempts: [stalled, answered] })
}

let lastNow = 0

/** One more run, started now; each has an id of its own. */
export function aRunNow(): RunRecord {
  lastNow = Math.max(lastNow + 1, Date.now())
  const runId = anId(lastNow)
  return aRun({ runId, spanId: runId.slice(16), startedAtEpochMs: lastNow })
}

export function thumbsDown(run: RunRecord): Signal {
  const { runId, feature, environment, triple, startedAtEpochMs } = run
  const signalId = `5${runId.slice(1)}`
  return aSignal({ signalId, runId, feature, environment, triple, atEpochMs: startedAtEpochMs + 9_000 })
}

/** Sends what a browser would send: OTLP/JSON over HTTP. */
export async function send(
  collector: string,
  { runs = [], signals = [] }: { readonly runs?: readonly RunRecord[]; readonly signals?: readonly Signal[] },
): Promise<void> {
  if (runs.length > 0) await post(collector + TRACES_PATH, exportTraceRequest(runs))
  if (signals.length > 0) await post(collector + LOGS_PATH, exportLogsRequest(signals))
}

async function post(url: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
}
