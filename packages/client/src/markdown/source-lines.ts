const LINE_END = /\r\n|\n|\r/g
const BLANK_LINE_FOLLOWS = /^[ \t]*(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)/

/** Where the line that holds this offset begins. */
export function lineStart(source: string, offset: number): number {
  if (offset === 0) return 0
  return Math.max(source.lastIndexOf('\n', offset - 1), source.lastIndexOf('\r', offset - 1)) + 1
}

/** The offset after the `count`-th line end from `offset` on; `null` where there are fewer. */
export function afterLines(source: string, offset: number, count: number): number | null {
  LINE_END.lastIndex = offset
  for (let seen = 0; seen < count; seen++) if (!LINE_END.test(source)) return null
  return LINE_END.lastIndex
}

export function countLineEnds(source: string, offset: number): number {
  return [...source.slice(offset).matchAll(LINE_END)].length
}

export function isBlankLineAfter(source: string, offset: number): boolean {
  return BLANK_LINE_FOLLOWS.test(source.slice(offset, offset + 1_000))
}
