/**
 * What stands between two blocks of an answer's text. Where the model did something else in between (a
 * tool call, say) it is a blank line. Blocks that follow each other are one text where white space or
 * punctuation at the seam says so, as in an answer that is cut at its citations, and else paragraphs.
 *
 * @param before - the end of the text so far, two characters of it at least
 */
export function seamBetween(before: string, after: string, isApart: boolean): '' | '\n' | '\n\n' {
  const isOneText = !isApart && (/\s$/.test(before) || /^[\s.,;:!?)\]}]/.test(after))
  if (isOneText || after.startsWith('\n') || before.endsWith('\n\n')) return ''
  return before.endsWith('\n') ? '\n' : '\n\n'
}
