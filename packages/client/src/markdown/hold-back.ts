/** What may stand before a block's own marker on a line: indentation, quote and list markers. */
const CONTAINERS = '(?:[ \\t]|>|[-*+][ \\t]|\\d{1,9}[.)][ \\t])*'

/** A line that so far says only what kind of line it could become: `-` may be a list, a rule or a heading's underline. */
const ONLY_MARKERS = new RegExp(`^${CONTAINERS}(?:#{1,6}|[-*_=+~\`:|]+|\\d{1,9}[.)]?|\\[[ xX]?\\]?)?[ \\t]*$`)

/** The line that opens a code block, whose language is not written out yet. */
const OPENING_FENCE = new RegExp(`^${CONTAINERS}(?:\`{3,}[^\`\\r]*|~{3,}.*)$`)

const CLOSING_FENCE = /^[ \t>]*(?:`+|~+)[ \t]*$/

/** A line that may be a link reference definition, which shows nothing. */
const DEFINITION = /^ {0,3}\[[^[\]]*(?:\]:?[ \t]*)?$/

const TABLE_ROW = new RegExp(`^${CONTAINERS}\\|`)
const DELIMITER_ROW = /^[\s>|:-]*$/

/**
 * At the end of the text: markers that the next character may add to, or make opening or closing ones; an
 * exclamation mark only where it does not end a word, since there it may begin an image.
 */
const DANGLING = /(?:\*+|_+|~+|`+|\\|!?\[|(?<![^\s([{*_~])!|&#?[a-z\d]{0,8}|<(?:https?|mailto):?)$/i

/** Longer runs of markers are no markup that a person writes. */
const DANGLING_REACH = 64

/**
 * As much of an unfinished text as can be shown without being taken back: what is still open is held for the
 * character or two that decide it. At most the last line is held, and a table's first row with it.
 *
 * @param isInFence - the text ends inside of a code block, where only the closing fence is in doubt.
 */
export function holdBack(text: string, isInFence: boolean): string {
  const start = lineStart(text, text.length)
  const line = text.slice(start)
  if (isInFence) return CLOSING_FENCE.test(line) ? text.slice(0, start) : text
  const above = start === 0 ? '' : text.slice(lineStart(text, start - 1), start)
  if (DELIMITER_ROW.test(line))
    return text.slice(0, isTableHead(text, above, start) ? start - above.length : start)
  if (ONLY_MARKERS.test(line) || OPENING_FENCE.test(line) || DEFINITION.test(line))
    return text.slice(0, start)
  // A table's first row looks like a paragraph until the row below it is there.
  if (TABLE_ROW.test(line) && !TABLE_ROW.test(above)) return text.slice(0, start)
  return withoutDangling(text)
}

/** Whether the line above a possible delimiter row would be the head of the table. */
function isTableHead(text: string, above: string, start: number): boolean {
  if (!TABLE_ROW.test(above)) return false
  const aboveStart = start - above.length
  return aboveStart === 0 || !TABLE_ROW.test(text.slice(lineStart(text, aboveStart - 1), aboveStart))
}

function withoutDangling(text: string): string {
  const end = text.slice(-DANGLING_REACH)
  const dangling = DANGLING.exec(end)
  return dangling === null ? text : text.slice(0, text.length - (end.length - dangling.index))
}

/** Where the line that `end` is in begins. */
function lineStart(text: string, end: number): number {
  return end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1
}
