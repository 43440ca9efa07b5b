/** All line ends are the same to CommonMark, and past this they are to us; it has no character 0. */
export function normalise(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd')
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
