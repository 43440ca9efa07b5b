import { formatExactMs } from '../../format/milliseconds.ts'
import type { Mark } from './layout.ts'

/** A mark's exact figures as labelled values. */
export function figuresOf({ fromMs, toMs }: Mark): readonly (readonly [label: string, value: string])[] {
  if (toMs === null) return [['at', formatExactMs(fromMs)]]
  return [
    ['from', formatExactMs(fromMs)],
    ['to', formatExactMs(toMs)],
    ['took', formatExactMs(toMs - fromMs)],
  ]
}

/** The same as a sentence, for those who hear the page. */
export function sayMark(mark: Mark, context: string | null): string {
  const name = context === null ? mark.name : `${context}, ${mark.name}`
  const figures = figuresOf(mark)
    .map(([label, value]) => `${label} ${value}`)
    .join(', ')
  return mark.note === null ? `${name}: ${figures}.` : `${name}: ${figures}. ${mark.note}`
}
