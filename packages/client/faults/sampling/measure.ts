import { defineFeature } from '@evenkeel/shared'
import { ingestRoutes } from '../../../vscode-ext/src/engine/collector/ingest-routes.ts'
import { DAY_MS } from '../../../vscode-ext/src/engine/contract.ts'
import { openDatabase } from '../../../vscode-ext/src/engine/store/database.ts'
import { createStore } from '../../../vscode-ext/src/engine/store/store.ts'
import type { ClientParts } from './client-parts.ts'
import { runPopulation, type Truth } from './population.ts'

export interface SamplingFigures {
  readonly runs: number
  readonly sent: number
  /** Each rate: what it truly is, what the store's figures say, and how far that is off, in percent of the truth. */
  readonly rates: readonly (readonly [name: string, truth: number, figure: number, errorPct: number])[]
  readonly rate_error_pct: number
  /** Runs with a failure, a fallback or a signal of their own page that are not in the store. */
  readonly lost_certain: number
  /** Other runs about which another sampler of the same trace would have decided otherwise. */
  readonly inconsistent: number
  /** Signals that are missing, there twice, or not what the user said. */
  readonly signals_wrong: number
}

export interface MeasureOptions {
  readonly runs: number
  readonly sampleRate: number
  readonly seed: number
}

export const FEATURE = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [
    { step: 'model', url: '/api/ai/draft-reply' },
    { step: 'template', render: () => 'Thank you for writing.' },
    { step: 'omit' },
  ],
})

const YEARS_MS = 3 * 365 * DAY_MS

/** A population through the client, the wire, the collector's way in, the store and its figures. */
export async function measure(parts: ClientParts, options: MeasureOptions): Promise<SamplingFigures> {
  const database = openDatabase(':memory:')
  const nowMs = () => Date.UTC(2026, 5, 1) + YEARS_MS
  const store = createStore(database, nowMs)
  const ingest = ingestRoutes({ store, onChange: () => {}, onIngest: () => {} })
  const truth = await runPopulation(parts, {
    ...options,
    feature: FEATURE,
    collect: async (path, body) =>
      ingest.request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
  })
  const { features } = await store.features('production', 2 * YEARS_MS)
  const [figures] = features
  if (figures === undefined) throw new Error('The store knows no feature.')

  const rated = truth.asked.size - truth.stopped.size
  const failed = [...truth.asked.values()].filter((run) => run.failed).length
  const error = (name: string, is: number, figure: number | null) =>
    [
      name,
      is,
      figure ?? Number.NaN,
      figure === null ? Number.POSITIVE_INFINITY : (100 * Math.abs(figure - is)) / is,
    ] as const
  const rates = [
    error('fallback share', failed / rated, figures.fallbackShare),
    error('thumbs-down rate', truth.down.size / rated, figures.thumbsDownRate),
    error('regenerate rate', truth.regenerated.size / rated, figures.regenerateRate),
    error('runs', truth.asked.size, figures.runs),
  ]
  const stored = new Set(
    database
      .prepare('SELECT run_id FROM runs')
      .all()
      .map((row) => String(row.run_id)),
  )
  const said = database
    .prepare("SELECT run_id || ' ' || kind || ' ' || coalesce(value, '') AS said FROM signals")
    .all()
    .map((row) => String(row.said))
  const result = {
    runs: truth.asked.size,
    sent: stored.size,
    rates,
    rate_error_pct: Math.max(...rates.map(([, , , errorPct]) => errorPct)),
    ...decisions(truth, stored, options.sampleRate),
    signals_wrong: differences(said, signalsOf(truth)),
  }
  store.close()
  return result
}

/** By the rule as OpenTelemetry words it, worked out another way than the client does. */
function decisions(truth: Truth, stored: ReadonlySet<string>, rate: number) {
  const threshold = BigInt(Math.round((1 - rate) * 2 ** 56))
  let lost = 0
  let inconsistent = 0
  for (const [runId, { failed }] of truth.asked) {
    const isStored = stored.has(runId)
    if (failed || truth.saidOnPage.has(runId)) lost += Number(!isStored)
    else if (isStored !== BigInt(`0x${runId.slice(-14)}`) >= threshold) inconsistent += 1
  }
  return { lost_certain: lost, inconsistent }
}

function signalsOf({ down, up, regenerated }: Truth): string[] {
  return [
    ...Array.from(down, (runId) => `${runId} thumbs -1.0`),
    ...Array.from(up, (runId) => `${runId} thumbs 1.0`),
    ...Array.from(regenerated, (runId) => `${runId} regenerate `),
  ]
}

function differences(found: readonly string[], expected: readonly string[]): number {
  const [a, b] = [new Set(found), new Set(expected)]
  const missing = expected.filter((each) => !a.has(each)).length
  return missing + found.filter((each) => !b.has(each)).length + (found.length - a.size)
}

/** A total may be off by as much as a rate. */
export const MAX_ERROR_PCT = 5

/** The figures that are out of their bounds. */
export function problemsOf(figures: SamplingFigures): string[] {
  return [
    ...figures.rates.filter(([, , , error]) => !(error <= MAX_ERROR_PCT)).map(([name]) => name),
    ...(['lost_certain', 'inconsistent', 'signals_wrong'] as const).filter((name) => figures[name] > 0),
  ]
}
