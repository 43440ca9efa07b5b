/** Line ends are all the same to CommonMark; past this they are the same to us too. */
export function normaliseLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** Where the line that holds this offset begins. */
export function lineStart(source: string, offset: number): number {
  return offset < 1 ? 0 : source.lastIndexOf('\n', offset - 1) + 1
}

/** The offset after the `count`-th line end from `offset` on; `null` where there are fewer. */
export function afterLines(source: string, offset: number, count: number): number | null {
  let after = offset
  for (let seen = 0; seen < count; seen++) {
    after = source.indexOf('\n', after) + 1
    if (after === 0) return null
  }
  return after
}

export function countLineEnds(source: string, offset: number): number {
  return source.slice(offset).split('\n').length - 1
}

export function isBlankLineAfter(source: string, offset: number): boolean {
  const after = afterLines(source, offset, 2)
  return after !== null && source.slice(offset, after).trim() === ''
}
