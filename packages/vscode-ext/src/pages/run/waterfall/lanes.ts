/** A text that wants to stand beside its place on the axis. */
export interface LaneLabel {
  /** From 0 to 1 along the axis. */
  readonly position: number
  readonly text: string
}

export interface PlacedLabel {
  /** 0 is the lane nearest the plot. */
  readonly lane: number
  /** Which side of its place the text stands on; `across` where neither has the room. */
  readonly side: 'after' | 'before' | 'across'
  /** Left edge in pixels. */
  readonly left: number
}

/** Advance of a character at 11 px in the widest of the usual interface fonts; a guess that errs to the wide side. */
const CHARACTER_PX = 6.6
const PADDING_PX = 12

export function widthOfText(text: string): number {
  return text.length * CHARACTER_PX + PADDING_PX
}

/**
 * Puts each label into the first lane where it touches no other. A label stands after its place, or
 * before it where the axis ends too soon.
 */
export function placeLabels(labels: readonly LaneLabel[], axisPx: number): readonly PlacedLabel[] {
  const lanes: { readonly left: number; readonly right: number }[][] = []
  return labels.map(({ position, text }) => {
    const width = widthOfText(text)
    const at = position * axisPx
    const side = at + width <= axisPx ? 'after' : at >= width ? 'before' : 'across'
    const left = { after: at, before: at - width, across: 0 }[side]
    const right = left + width
    const free = lanes.findIndex((taken) =>
      taken.every((other) => right <= other.left || left >= other.right),
    )
    const lane = free === -1 ? lanes.length : free
    lanes[lane] ??= []
    lanes[lane].push({ left, right })
    return { lane, side, left }
  })
}
