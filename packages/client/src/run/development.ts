import type { AttemptRecord, RunRecord } from '@evenkeel/shared'

declare const process: { readonly env: { readonly NODE_ENV?: string } }

/** Whether the product was built for its developers. Bundlers replace `process.env.NODE_ENV`; a page that loads modules as they are has no `process`. */
export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production'
  } catch {
    return false
  }
}

/** Tells the developers of an exception that the user was spared. */
export function logInDevelopment(where: string, error: unknown): void {
  try {
    // Written out here, so that a production build leaves the words out.
    if (process.env.NODE_ENV !== 'production') {
      console.error(`evenkeel: ${where} threw. The user was spared.`, error)
    }
  } catch {}
}

/**
 * Tells the developers of a run that fell back: their user sees a template and nothing wrong, and so would they.
 * Not under test, where runs fall back on purpose.
 */
export function warnInDevelopment(record: RunRecord): void {
  try {
    if (process.env.NODE_ENV === 'development' && record.fallbackCause !== null && !record.synthetic) {
      console.warn(`evenkeel: ${fallbackInWords(record)}`)
    }
  } catch {}
}

/** `'draft-reply' was degraded (failure): primary http.client (HTTP 404) → template answered. Run 4bf92f…` */
export function fallbackInWords({
  feature,
  outcome,
  fallbackCause,
  level,
  levelBy,
  attempts,
  runId,
}: RunRecord): string {
  const atLevel = level < 5 ? ` at level ${level}, which ${levelBy} decided` : ''
  const tried = attempts.map(attemptInWords).join(' → ')
  return `'${feature}' was ${outcome} (${fallbackCause})${atLevel}: ${tried || 'nothing was tried'}. Run ${runId}`
}

function attemptInWords({ step, tier, failure, detail }: AttemptRecord): string {
  const name = tier ?? step
  if (failure !== null) return `${name} ${failure}${detail === null ? '' : ` (${detail})`}`
  return step === 'omit' ? 'nothing shown' : `${name} answered`
}
