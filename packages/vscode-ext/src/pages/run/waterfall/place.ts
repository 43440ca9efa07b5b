import type { CSSProperties } from 'react'
import type { Mark } from './layout.ts'

/** A point along the axis. The plot runs left to right in every script, as clocks do. */
export function pointStyle(start: number): CSSProperties {
  return { left: `${start * 100}%` }
}

/** A stretch of the axis. */
export function spanStyle({ start, end }: Pick<Mark, 'start' | 'end'>): CSSProperties {
  return { left: `${start * 100}%`, width: `${(end - start) * 100}%` }
}
