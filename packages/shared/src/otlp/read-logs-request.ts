import type { Signal } from '../signal.ts'
import { readSignal } from './otlp-to-signal.ts'
import { type Json, objects, problemOfRequest } from './read.ts'
import { readOrigin } from './resource.ts'

/** What was found in the body of a `POST /v1/logs`. */
export interface LogsReading {
  /** Set where the body is no OTLP logs request at all: what is wrong, for a 400. Nothing else is set then. */
  readonly problem: string | null
  readonly signals: readonly Signal[]
  /** Log records that are no signals; they are not an error. */
  readonly foreignRecords: number
  /** Log records that say they are signals and cannot be read: OTLP's partial success. */
  readonly rejectedRecords: number
  /** Why, one sentence each; the first few of them. */
  readonly reasons: readonly string[]
}

const MAX_REASONS = 20

/** Rebuilds signals from an OTLP/JSON logs request. It never throws; records of others are counted and passed over. */
export function readLogsRequest(body: unknown): LogsReading {
  const problem = problemOfRequest(body, 'resourceLogs')
  const signals: Signal[] = []
  const reasons: string[] = []
  let foreignRecords = 0
  let rejectedRecords = 0
  for (const { record, environment } of problem === null ? recordsOf(body as Json) : []) {
    const signal = readSignal(record, environment)
    if (signal === null) {
      foreignRecords += 1
    } else if (typeof signal === 'string') {
      rejectedRecords += 1
      if (reasons.length < MAX_REASONS) reasons.push(signal)
    } else {
      signals.push(signal)
    }
  }
  return { problem, signals, foreignRecords, rejectedRecords, reasons }
}

function* recordsOf(body: Json): Generator<{ record: Json; environment: string }> {
  for (const { resource, scopeLogs } of objects(body.resourceLogs)) {
    const { environment } = readOrigin(resource)
    for (const { logRecords } of objects(scopeLogs)) {
      for (const record of objects(logRecords)) yield { record, environment }
    }
  }
}
