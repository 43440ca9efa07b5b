/** Deeper than any telemetry is, and far from where a recursive reader runs out of stack. */
export const MAX_NESTING = 100

/** Whether a value nests objects and lists more than `levels` deep. Goes no deeper than that itself. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isNestedDeeper(inner, levels - 1))
}
