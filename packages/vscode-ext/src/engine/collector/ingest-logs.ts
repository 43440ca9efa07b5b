import { readLogsRequest } from '@evenkeel/shared'
import type { Writer } from '../store/writer.ts'
import type { Ingested } from './ingest-traces.ts'

/** Stores the signals of a logs request, and what pages had to give up. Log records of others are accepted and not kept. */
export function ingestLogs(request: unknown, writer: Writer): Ingested {
  const { signals, dropReports, rejectedRecords, reasons } = readLogsRequest(request)
  const stored = signals.filter((signal) => writer.putSignal(signal))
  for (const report of dropReports) writer.putDropReport(report)
  return {
    features: new Set(stored.map(({ feature }) => feature)),
    runs: 0,
    signals: stored.length,
    rejected: rejectedRecords,
    reasons,
  }
}
