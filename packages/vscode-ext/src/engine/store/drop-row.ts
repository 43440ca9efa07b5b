import type { DropReport } from '@evenkeel/shared'
import type { Row } from './database.ts'

/** What a page has given up, as a row of `drops`. */
export function dropRow(report: DropReport, receivedAtMs: number) {
  return {
    report_id: report.id,
    environment: report.environment,
    service: report.service,
    build: report.build,
    at_ms: report.atEpochMs,
    ...report.dropped,
    received_at_ms: receivedAtMs,
  } satisfies Row
}
