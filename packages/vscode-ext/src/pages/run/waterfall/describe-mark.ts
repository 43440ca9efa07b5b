import { formatExactMs } from '../../../engine/words/duration.ts'
import type { Mark } from './layout.ts'

/** What a mark is called where its row is not in sight. */
export function nameOf({ name, attempt }: Mark): string {
  return attempt === null ? name : `Attempt ${attempt}, ${name}`
}

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
export function sayFigures(mark: Mark): string {
  const figures = figuresOf(mark)
    .map(([label, value]) => `${label} ${value}`)
    .join(', ')
  return mark.note === null ? `${figures}.` : `${figures}. ${mark.note}`
}
