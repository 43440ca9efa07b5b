import { readTraceRequest } from '@evenkeel/shared'
import type { CollectorStage } from './collector.ts'
import type { ProductServer } from './product-server.ts'

/** A run as the store has it. */
export interface StoredRun {
  readonly run_id: string
  readonly outcome: string
  readonly tenant: string | null
  readonly user_id: string | null
  readonly attempts: number
  readonly build: string
}

export interface StoredSignal {
  readonly signal_id: string
  readonly run_id: string
  readonly value: number
}

/** What a page says it has given up. */
export interface StoredDrops {
  readonly build: string
  readonly full: number
  readonly refused: number
  readonly expired: number
  readonly scope: number
  readonly filtered: number
  readonly unjournaled: number
}

/** What the store holds of this suite. */
export const storedRuns = ({ rows }: CollectorStage) =>
  rows<StoredRun>('SELECT run_id, outcome, tenant, user_id, attempts, build FROM runs')

export const storedSignals = ({ rows }: CollectorStage) =>
  rows<StoredSignal>('SELECT signal_id, run_id, value FROM signals')

export const storedDrops = ({ rows }: CollectorStage) =>
  rows<StoredDrops>('SELECT build, "full", refused, expired, scope, filtered, unjournaled FROM drops')

export const givenUp = ({ full, refused, expired, scope, filtered }: StoredDrops) =>
  full + refused + expired + scope + filtered

/** Attempts of each run that a server answered. */
export function storedAttempts({ rows }: CollectorStage): ReadonlyMap<string, number> {
  const found = rows<{ run_id: string; count: number }>(
    'SELECT run_id, count(*) AS count FROM attempts WHERE status IS NOT NULL GROUP BY run_id',
  )
  return new Map(found.map(({ run_id, count }) => [run_id, count]))
}

/** Every run that was taken at the door, with the root spans it came under and the outcomes it was told with. */
export function takenRuns(server: ProductServer) {
  const taken = new Map<string, { roots: Set<string>; outcomes: string[] }>()
  for (const { path, status, body } of server.posts) {
    if (path !== '/v1/traces' || status >= 300) continue
    for (const { runId, spanId, outcome } of readTraceRequest(JSON.parse(body)).runs) {
      const run = taken.get(runId) ?? { roots: new Set(), outcomes: [] }
      run.roots.add(spanId)
      run.outcomes.push(outcome)
      taken.set(runId, run)
    }
  }
  return taken
}
