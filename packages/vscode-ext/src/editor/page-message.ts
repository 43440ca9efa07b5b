import { OUTCOMES, type Outcome } from '@evenkeel/shared'
import type { PageMessage } from '../engine/contract.ts'

/** Reads what a page posted; `null` where it is not one of the messages, whoever posted it. */
export function readPageMessage(data: unknown): PageMessage | null {
  if (typeof data !== 'object' || data === null) return null
  const { type, id, path, query, runId, feature, text } = data as Record<string, unknown>
  switch (type) {
    case 'ask':
      return typeof id === 'number' && typeof path === 'string' && isQuery(query)
        ? { type, id, path, query }
        : null
    case 'openRun':
      return typeof runId === 'string' ? { type, runId } : null
    case 'revealFeature':
      return typeof feature === 'string' ? { type, feature } : null
    case 'copy':
      return typeof text === 'string' ? { type, text } : null
    default:
      return null
  }
}

function isQuery(query: unknown): query is Readonly<Record<string, string>> {
  if (typeof query !== 'object' || query === null) return false
  return Object.values(query).every((value) => typeof value === 'string')
}

export function isOutcome(text: string | undefined): text is Outcome {
  return (OUTCOMES as readonly (string | undefined)[]).includes(text)
}
