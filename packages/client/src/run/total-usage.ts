import type { AttemptRecord, Usage } from '@evenkeel/shared'

/** Tokens of every attempt together, because each of them was paid for; `null` where none was told. */
export function totalUsage(attempts: readonly Pick<AttemptRecord, 'usage'>[]): Usage {
  return {
    inputTokens: sum(attempts.map(({ usage }) => usage.inputTokens)),
    outputTokens: sum(attempts.map(({ usage }) => usage.outputTokens)),
  }
}

function sum(tokens: readonly (number | null)[]): number | null {
  const told = tokens.filter((count) => count !== null)
  return told.length === 0 ? null : told.reduce((total, count) => total + count, 0)
}
