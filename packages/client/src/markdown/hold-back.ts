import { lineStart } from './source-lines.ts'

/** What may stand before a block's own marker on a line: indentation, quote and list markers. */
const CONTAINERS = '(?:[ \\t]|>|[-*+][ \\t]|\\d{1,9}[.)][ \\t])*'

/**
 * A line that so far says only what kind of line it could become (`-` may be a list, a rule or a heading's
 * underline), or that opens a code block whose language is not written out yet.
 */
const UNDECIDED = new RegExp(
  `^${CONTAINERS}(?:(?:#{1,6}|[-*_=+~\`:|]+|\\d{1,9}[.)]?|\\[[ xX]?\\]?)?[ \\t]*|\`{3,}[^\`]*|~{3,}.*)$`,
)

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
  const above = lineStart(text, start - 1)
  if (DELIMITER_ROW.test(line)) {
    // The row above may be the head of a table, which looks like a paragraph until this row is there.
    const isHead = isTableRow(text, above) && (above === 0 || !isTableRow(text, lineStart(text, above - 1)))
    return text.slice(0, isHead ? above : start)
  }
  const isHead = TABLE_ROW.test(line) && !isTableRow(text, above)
  return isHead || UNDECIDED.test(line) || DEFINITION.test(line)
    ? text.slice(0, start)
    : withoutDangling(text)
}

function isTableRow(text: string, lineStart: number): boolean {
  return TABLE_ROW.test(text.slice(lineStart, text.indexOf('\n', lineStart) + 1))
}

function withoutDangling(text: string): string {
  const end = text.slice(-DANGLING_REACH)
  const dangling = DANGLING.exec(end)
  return dangling === null ? text : text.slice(0, text.length - (end.length - dangling.index))
}
