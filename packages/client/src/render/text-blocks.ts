/** A stretch of text and whether a new block begins with it. */
export interface Piece {
  readonly opens: boolean
  readonly text: string
}

const NEWLINE = 10

/** A block without a blank line (a list, a listing) is closed at a line's end once it is this long. */
const LONG_BLOCK = 1_500

/**
 * Cuts a growing text into blocks, so that laying it out costs what is new and not what is there. Feed
 * it what arrived; the blocks are the same however the text was split on its way.
 *
 * A block begins after a blank line, with the first character that is no line end. The line ends stay
 * with the block that they close, so the blocks joined are the text, and as a preserved line end at the
 * end of a block makes no line of its own, the lines stand where they would in one block.
 */
export function createBlockCutter(): (delta: string) => Piece[] {
  let inBlock = 0
  let lineEnds = 0
  let afterLineEnd = false

  return (delta) => {
    const pieces: Piece[] = []
    let from = 0
    let opens = false
    for (let index = 0; index < delta.length; index++) {
      const code = delta.charCodeAt(index)
      if (code === NEWLINE) {
        lineEnds++
        afterLineEnd = true
        inBlock++
        continue
      }
      if (afterLineEnd && (lineEnds > 1 || inBlock >= LONG_BLOCK)) {
        if (index > from) pieces.push({ opens, text: delta.slice(from, index) })
        from = index
        opens = true
        inBlock = 0
        lineEnds = 0
      }
      afterLineEnd = false
      inBlock++
      if (!isBlank(code)) lineEnds = 0
    }
    if (delta.length > from) pieces.push({ opens, text: delta.slice(from) })
    return pieces
  }
}

// A line of spaces, tabs or a carriage return is blank to whoever reads it.
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13
}
