import { DROPPED, EVENT } from '../attributes.ts'
import { DROP_REASONS, type DropReason, type DropReport } from '../dropped.ts'
import { type Json, readAttributes } from './read.ts'
import type { Origin } from './resource.ts'
import { readMicros } from './time.ts'

const ID = /^[0-9a-f]{32}$/

/** The report, what is wrong with it, or `null` where the record is something else. */
export function readDropReport(record: Json, origin: Origin): DropReport | string | null {
  if (record.eventName !== EVENT.dropped) return null
  const said = readAttributes(record.attributes)
  const id = said.text(DROPPED.id)
  const micros = readMicros(record.timeUnixNano)
  if (id === null || !ID.test(id)) return 'a drop report without a valid id'
  if (micros === null) return `drop report ${id}: its time is no nanoseconds`
  const countOf = (reason: DropReason) => Math.max(0, Math.trunc(said.number(DROPPED[reason]) ?? 0))
  const counts = DROP_REASONS.map((reason) => [reason, countOf(reason)] as const)
  return {
    ...origin,
    id,
    atEpochMs: Math.round(micros / 1000),
    dropped: Object.fromEntries(counts) as Record<DropReason, number>,
  }
}
