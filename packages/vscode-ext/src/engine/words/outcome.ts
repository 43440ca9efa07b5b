import type { FallbackCause, Outcome } from '@evenkeel/shared'

const NOUN: Readonly<Record<FallbackCause, string>> = { failure: 'failure', level: 'level', late: 'lateness' }

/** How a run ended, in words: `Answered`, `Degraded by failure`, `Stopped`. */
export function formatOutcome(outcome: Outcome, cause: FallbackCause | null = null): string {
  const word = `${outcome.charAt(0).toUpperCase()}${outcome.slice(1)}`
  return outcome === 'degraded' && cause !== null ? `${word} by ${NOUN[cause]}` : word
}
