import type { CSSProperties } from 'react'
import type { PlacedLabel } from './lanes.ts'
import type { Mark } from './layout.ts'

/** A point along the axis. The plot runs left to right in every script, as clocks do. */
export function pointStyle(start: number): CSSProperties {
  return { left: `${start * 100}%` }
}

/** A stretch of the axis. */
export function spanStyle({ start, end }: Pick<Mark, 'start' | 'end'>): CSSProperties {
  return { left: `${start * 100}%`, width: `${(end - start) * 100}%` }
}

/** A text beside a point, on the side where there is room; across it where neither side has enough. */
export function placeStyle(start: number, side: PlacedLabel['side']): CSSProperties {
  switch (side) {
    case 'after':
      return pointStyle(start)
    case 'before':
      return { right: `${(1 - start) * 100}%` }
    case 'across':
      return { left: 0 }
  }
}
