import type { AttemptRecord, MomentRecord, RunRecord, StallRecord } from '@evenkeel/shared'
import { totalUsage } from './total-usage.ts'

/** The parts of a record that are only known at the end. */
export type Closing = Omit<RunRecord, 'attempts' | 'moments' | 'stalls' | 'usage'>

/** What happens in one run, written down as it happens. */
export interface Journal {
  readonly attemptCount: number
  addAttempt(record: AttemptRecord): void
  addMoment(moment: MomentRecord): void
  addStall(atMs: number, durationMs: number): void
  /** Something that the team should hear and that no attempt is to blame for; the next attempt carries it. */
  addRemark(remark: string): void
  close(closing: Closing): RunRecord
}

export function createJournal(): Journal {
  const attempts: AttemptRecord[] = []
  const moments: MomentRecord[] = []
  const stalls: StallRecord[] = []
  let remark: string | null = null

  return {
    get attemptCount() {
      return attempts.length
    },
    addAttempt(record) {
      attempts.push({ ...record, detail: record.detail ?? remark })
      if (record.detail === null) remark = null
    },
    addMoment: (moment) => void moments.push(moment),
    addStall: (atMs, durationMs) => void stalls.push({ atMs, durationMs }),
    addRemark(text) {
      remark = text
    },
    close: (closing) => ({ ...closing, attempts, moments, stalls, usage: totalUsage(attempts) }),
  }
}
