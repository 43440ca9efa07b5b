import type { Classification } from './classification.ts'
import type { Labels } from './desk.ts'

const FIELDS = ['topic', 'urgency', 'language'] as const satisfies readonly (keyof Classification)[]

/** How far a hand has gone from how a ticket was sorted: 0 in no field, 1 in all. */
export function changedShare(sorted: Classification, byHand: Labels): number {
  const changed = FIELDS.filter((field) => byHand[field] !== undefined && byHand[field] !== sorted[field])
  return changed.length / FIELDS.length
}
