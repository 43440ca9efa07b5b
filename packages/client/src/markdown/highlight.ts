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

/** A highlighter that is asked once for each code, and has nothing to say where it throws or says something else than the code. */
export function safely(highlight: Highlighter): Highlighter {
  const known = new Map<string, readonly HighlightedPiece[] | null>()
  const ask: Highlighter = (code, language) => {
    try {
      const pieces = highlight(code, language)
      return pieces?.map(textOf).join('') === code ? pieces : null
    } catch (error) {
      reportError(error)
      return null
    }
  }
  return (code, language) => {
    const key = `${language}\n${code}`
    const pieces = known.get(key)
    if (pieces !== undefined) return pieces
    const asked = ask(code, language)
    known.set(key, asked)
    return asked
  }
}

export function textOf(piece: HighlightedPiece): string {
  return typeof piece === 'string' ? piece : piece.text
}
