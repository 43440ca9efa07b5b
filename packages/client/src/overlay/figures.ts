/** `430 ms`, `1.2 s`: the number and its unit apart, because the unit is lighter. */
export function duration(ms: number): readonly [number: string, unit: 'ms' | 's'] {
  return ms < 1_000 ? [String(Math.round(ms)), 'ms'] : [(ms / 1_000).toFixed(1), 's']
}

export function durationInWords(ms: number): string {
  return duration(ms).join(' ')
}

/** How a figure stands to its budget. */
export type Standing = 'within' | 'near' | 'over'

const NEAR = 0.8

/** `null` where there is no budget, or nothing came that could be held against it. */
export function standingOf(ms: number | null, budgetMs: number | null): Standing | null {
  if (ms === null || budgetMs === null) return null
  if (ms > budgetMs) return 'over'
  return ms > NEAR * budgetMs ? 'near' : 'within'
}

/** A place on a waterfall's axis, in per cent of its length. */
export function percent(ms: number, lengthMs: number): string {
  return `${Math.min(100, Math.max(0, (100 * ms) / Math.max(1, lengthMs))).toFixed(2)}%`
}
