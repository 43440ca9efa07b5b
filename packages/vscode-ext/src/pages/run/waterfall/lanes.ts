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
 * {@link placeLabels} for labels that hang from a line down to the plot: the lanes are given out so that
 * no line runs through another's label. A label to the right of its line needs a higher lane than the
 * lines to its right; one to the left, a higher lane than those to its left.
 */
export function placeLineLabels(labels: readonly LaneLabel[], axisPx: number): readonly PlacedLabel[] {
  const standsAfter = ({ position, text }: LaneLabel) => position * axisPx + widthOfText(text) <= axisPx
  const order = labels
    .map((label, index) => ({ index, position: label.position, after: standsAfter(label) }))
    .sort((a, b) =>
      a.after === b.after
        ? (a.position - b.position) * (a.after ? -1 : 1)
        : Number(b.after) - Number(a.after),
    )
    .map(({ index }) => index)
  const placed = placeLabels(
    order.flatMap((index) => labels[index] ?? []),
    axisPx,
  )
  return labels.flatMap((_, index) => placed[order.indexOf(index)] ?? [])
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
