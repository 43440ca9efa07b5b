/** Text that grows by pieces at a flat cost for each, however long it is already. */
export interface TextBuffer {
  readonly length: number
  /** Grows when the text was replaced rather than added to. */
  readonly revision: number
  append(piece: string): void
  replace(text: string): void
  /** The whole text; pieces are joined when it is read, not when they come. */
  read(): string
  /** The text from this offset on, at the cost of what is returned. */
  readFrom(offset: number): string
}

export function createTextBuffer(): TextBuffer {
  let pieces: string[] = []
  let length = 0
  let revision = 0
  let joined = ''
  let joinedPieces = 0

  return {
    get length() {
      return length
    },
    get revision() {
      return revision
    },
    append(piece) {
      pieces.push(piece)
      length += piece.length
    },
    replace(text) {
      pieces = text === '' ? [] : [text]
      length = text.length
      revision += 1
      joined = ''
      joinedPieces = 0
    },
    read() {
      if (joinedPieces < pieces.length) {
        joined += pieces.slice(joinedPieces).join('')
        joinedPieces = pieces.length
      }
      return joined
    },
    // Not a slice of the joined text: that would flatten all of it again at every read.
    readFrom(offset) {
      let first = pieces.length
      let start = length
      while (first > 0 && start > offset) {
        first -= 1
        start -= pieces[first]?.length ?? 0
      }
      return pieces
        .slice(first)
        .join('')
        .slice(Math.max(0, offset - start))
    },
  }
}
