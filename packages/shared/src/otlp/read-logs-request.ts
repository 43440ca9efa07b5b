import type { DropReport } from '../dropped.ts'
import type { Signal } from '../signal.ts'
import { readDropReport } from './otlp-to-dropped.ts'
import { readSignal } from './otlp-to-signal.ts'
import { type Json, objects, problemOfRequest } from './read.ts'
import { type Origin, readOrigin } from './resource.ts'

/** What was found in the body of a `POST /v1/logs`. */
export interface LogsReading {
  /** Set where the body is no OTLP logs request at all: what is wrong, for a 400. Nothing else is set then. */
  readonly problem: string | null
  readonly signals: readonly Signal[]
  /** What pages say they have given up. */
  readonly dropReports: readonly DropReport[]
  /** Log records that are no signals; they are not an error. */
  readonly foreignRecords: number
  /** Log records that say they are signals and cannot be read: OTLP's partial success. */
  readonly rejectedRecords: number
  /** Why, one sentence each; the first few of them. */
  readonly reasons: readonly string[]
}

const MAX_REASONS = 20

/** Rebuilds signals and drop reports from an OTLP/JSON logs request. It never throws; records of others are counted and passed over. */
export function readLogsRequest(body: unknown): LogsReading {
  const problem = problemOfRequest(body, 'resourceLogs')
  const signals: Signal[] = []
  const dropReports: DropReport[] = []
  const reasons: string[] = []
  let foreignRecords = 0
  let rejectedRecords = 0
  for (const { record, origin } of problem === null ? recordsOf(body as Json) : []) {
    const read = readSignal(record, origin.environment) ?? readDropReport(record, origin)
    if (read === null) {
      foreignRecords += 1
    } else if (typeof read === 'string') {
      rejectedRecords += 1
      if (reasons.length < MAX_REASONS) reasons.push(read)
    } else if ('signalId' in read) {
      signals.push(read)
    } else {
      dropReports.push(read)
    }
  }
  return { problem, signals, dropReports, foreignRecords, rejectedRecords, reasons }
}

function* recordsOf(body: Json): Generator<{ record: Json; origin: Origin }> {
  for (const { resource, scopeLogs } of objects(body.resourceLogs)) {
    const origin = readOrigin(resource)
    for (const { logRecords } of objects(scopeLogs)) {
      for (const record of objects(logRecords)) yield { record, origin }
    }
  }
}
