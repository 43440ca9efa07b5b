import type { Usage } from '@evenkeel/shared'
import type { Emit } from './event.ts'

/**
 * The tokens of one body so far. Providers repeat the figures of a response while it grows, and gateways
 * leave some at 0, so the largest stands; a body that holds several responses adds them up.
 */
export interface UsageTotal {
  /** Figures of the response in hand; `null` leaves what was said before. */
  report(usage: Usage): void
  /** Another response begins in the same body. */
  nextResponse(): void
}

const NOTHING: Usage = { inputTokens: null, outputTokens: null }

export function createUsageTotal(emit: Emit): UsageTotal {
  let before = NOTHING
  let current = NOTHING
  return {
    report({ inputTokens, outputTokens }) {
      const input = larger(inputTokens, current.inputTokens)
      const output = larger(outputTokens, current.outputTokens)
      if (input === current.inputTokens && output === current.outputTokens) return
      current = { inputTokens: input, outputTokens: output }
      emit({ type: 'usage', usage: add(before, current) })
    },
    nextResponse() {
      before = add(before, current)
      current = NOTHING
    },
  }
}

function larger(first: number | null, second: number | null): number | null {
  return first === null || second === null ? (first ?? second) : Math.max(first, second)
}

function add(first: Usage, second: Usage): Usage {
  return {
    inputTokens: sum(first.inputTokens, second.inputTokens),
    outputTokens: sum(first.outputTokens, second.outputTokens),
  }
}

function sum(first: number | null, second: number | null): number | null {
  return first === null ? second : first + (second ?? 0)
}
