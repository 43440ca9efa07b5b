import { DROPPED, EVENT } from '../attributes.ts'
import { DROP_REASONS, type DropReport } from '../dropped.ts'
import { int, named } from './attribute.ts'
import { resourceOf, SCHEMA_URL, SCOPE } from './resource.ts'
import { unixNano } from './time.ts'
import type { ExportLogsRequest } from './types.ts'

const WARN = 13

/** The body of `POST /v1/logs` for this report: one log record that holds a page's counts. */
export function exportDropReport(report: DropReport): ExportLogsRequest {
  const time = unixNano(report.atEpochMs)
  const counts = DROP_REASONS.map((reason) => [reason, int(report.dropped[reason] || null)] as const)
  const logRecord = {
    timeUnixNano: time,
    observedTimeUnixNano: time,
    severityNumber: WARN,
    eventName: EVENT.dropped,
    attributes: named(DROPPED, { id: report.id, ...Object.fromEntries(counts) } as Record<
      keyof typeof DROPPED,
      ReturnType<typeof int> | string
    >),
  }
  return {
    resourceLogs: [
      {
        resource: resourceOf(report),
        scopeLogs: [{ scope: SCOPE, logRecords: [logRecord], schemaUrl: SCHEMA_URL }],
      },
    ],
  }
}
