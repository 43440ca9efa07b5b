import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DROPPED } from '../attributes.ts'
import { DROP_REASONS, type DropReport } from '../dropped.ts'
import { exportDropReport } from './dropped-to-otlp.ts'
import { readLogsRequest } from './read-logs-request.ts'

const report: DropReport = {
  id: '0af7651916cd43dd8448eb211c80319c',
  atEpochMs: 1_790_000_000_000,
  environment: 'production',
  service: 'desk',
  build: null,
  dropped: { full: 3, refused: 0, expired: 1, scope: 0, filtered: 0, unjournaled: 12 },
}

const overTheWire = (given: DropReport): unknown => JSON.parse(JSON.stringify(exportDropReport(given)))

describe('a report of what was given up', () => {
  it('comes back from OTLP as it was sent', () => {
    fc.assert(
      fc.property(
        fc.record({
          ...Object.fromEntries(DROP_REASONS.map((reason) => [reason, fc.nat(1e9)])),
        }),
        fc.option(fc.string({ minLength: 1 })),
        (dropped, build) => {
          const sent = { ...report, build, dropped: { ...report.dropped, ...dropped } }
          expect(readLogsRequest(overTheWire(sent))).toMatchObject({
            problem: null,
            signals: [],
            dropReports: [sent],
            foreignRecords: 0,
            rejectedRecords: 0,
          })
        },
      ),
    )
  })

  it('names only the reasons that there were', () => {
    const text = JSON.stringify(exportDropReport(report))
    for (const reason of DROP_REASONS) expect(text.includes(DROPPED[reason])).toBe(report.dropped[reason] > 0)
  })

  it.each([
    ['an id', (text: string) => text.replace(report.id, 'somebody'), 'a drop report without a valid id'],
    [
      'a time',
      (text: string) => text.replace(/"timeUnixNano":"\d+"/, '"timeUnixNano":"soon"'),
      `drop report ${report.id}: its time is no nanoseconds`,
    ],
  ])('is rejected with the reason where it has not %s', (_what, spoil, reason) => {
    const body: unknown = JSON.parse(spoil(JSON.stringify(exportDropReport(report))))
    expect(readLogsRequest(body)).toMatchObject({ dropReports: [], rejectedRecords: 1, reasons: [reason] })
  })

  it('counts nothing where a count is nonsense', () => {
    const text = JSON.stringify(exportDropReport(report)).replace('"intValue":"12"', '"intValue":"-12"')
    expect(readLogsRequest(JSON.parse(text)).dropReports[0]?.dropped.unjournaled).toBe(0)
  })
})
