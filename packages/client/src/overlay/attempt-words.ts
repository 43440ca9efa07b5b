import type { AttemptRecord } from '@evenkeel/shared'

/** Which step it was and how it ended: `primary: http.server`, `template: answered`, `omit`. */
export function attemptInWords(attempt: AttemptRecord): string {
  const { step, tier, failure } = attempt
  if (step === 'omit') return step
  return `${tier ?? step}: ${failure ?? 'answered'}`
}
