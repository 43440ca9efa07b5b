/** A stretch of code, with the class that gives it its look. */
export type HighlightedPiece = string | { readonly text: string; readonly className: string }

/**
 * Colours code. It is asked once a block is closed, never while it grows, with the language as the
 * model wrote it (`null` where it wrote none). The pieces joined must be the code; `null` leaves it plain.
 *
 * @example
 * const highlight: Highlighter = (code, language) => language === 'sql' ? colourSql(code) : null
 */
export type Highlighter = (code: string, language: string | null) => readonly HighlightedPiece[] | null

/**
 * A highlighter that is asked once for each code, and always has pieces: the code as one where it has none, throws,
 * or says something else than the code.
 */
export function createCodePieces(
  highlight: Highlighter | undefined,
): (code: string, language: string | null) => readonly HighlightedPiece[] {
  if (highlight === undefined) return (code) => [code]
  const known = new Map<string, readonly HighlightedPiece[]>()
  const ask = (code: string, language: string | null): readonly HighlightedPiece[] => {
    try {
      const pieces = highlight(code, language)
      return pieces !== null && pieces.map(textOf).join('') === code ? pieces : [code]
    } catch (error) {
      reportError(error)
      return [code]
    }
  }
  return (code, language) => {
    const key = `${language ?? ''}\n${code}`
    const pieces = known.get(key) ?? ask(code, language)
    known.set(key, pieces)
    return pieces
  }
}

export function textOf(piece: HighlightedPiece): string {
  return typeof piece === 'string' ? piece : piece.text
}

/**
 * Cuts pieces into chunks of `lines` lines each; every chunk but the last ends with its line end. A piece
 * over a border is cut in two of the same look.
 */
export function chunksOf(pieces: readonly HighlightedPiece[], lines: number): HighlightedPiece[][] {
  const chunks: HighlightedPiece[][] = []
  let chunk: HighlightedPiece[] = []
  let ends = 0
  const add = (piece: HighlightedPiece, text: string): void => {
    if (text !== '') chunk.push(typeof piece === 'string' ? text : { text, className: piece.className })
  }
  for (const piece of pieces) {
    const text = textOf(piece)
    let from = 0
    for (const { index, 0: lineEnd } of text.matchAll(LINE_END)) {
      ends++
      if (ends < lines) continue
      add(piece, text.slice(from, index + lineEnd.length))
      from = index + lineEnd.length
      chunks.push(chunk)
      chunk = []
      ends = 0
    }
    add(piece, text.slice(from))
  }
  if (chunk.length > 0) chunks.push(chunk)
  return chunks
}

const LINE_END = /\r\n|\n|\r/g
