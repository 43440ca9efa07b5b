import type { Part } from '@evenkeel/client'

/** What is done for a digest, one after the other. */
export const DIGEST_STAGES = ['reading', 'grouping', 'writing'] as const

export type DigestStage = (typeof DIGEST_STAGES)[number]

/** How far a digest is, as the server tells it in its `data-progress` part. */
export interface DigestProgress {
  readonly stage: DigestStage
  /** Tickets read. */
  readonly done: number
  readonly total: number
}

/** How far the answer's parts say it is; `null` where they do not, or say nonsense. */
export function progressIn(parts: readonly Part[]): DigestProgress | null {
  for (const part of parts) {
    if (part.type !== 'data' || part.name !== 'progress') continue
    const { stage, done, total } = Object(part.data) as Record<string, unknown>
    const known = DIGEST_STAGES.find((each) => each === stage)
    if (known === undefined || !isCount(done) || !isCount(total) || done > total) return null
    return { stage: known, done, total }
  }
  return null
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}
