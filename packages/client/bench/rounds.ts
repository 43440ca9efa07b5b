/** One measured quantity of every round, by contender: `figures[name][round]`. */
export type Figures = Readonly<Record<string, readonly number[]>>

/** The middle value; the mean of the two middle ones where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/**
 * The median over rounds of `of / over`. Each ratio is taken within one round, because a machine's speed
 * drifts between rounds.
 */
export function medianRatio(figures: Figures, of: string, over: string): number {
  const numerators = figures[of] ?? []
  return median(numerators.map((value, round) => value / (figures[over]?.[round] ?? Number.NaN)))
}

/** A number as people read it: three significant digits, no exponent. */
export function readable(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)))
  return value.toFixed(Math.min(digits, 3))
}

/** A table of plain text: the first column to the left, every other to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

/** Every round's absolute figures and their median, one contender a row. */
export function roundsTable(unit: string, figures: Figures): string {
  const rounds = Object.values(figures)[0]?.length ?? 0
  const head = [unit, ...Array.from({ length: rounds }, (_, round) => `round ${round + 1}`), 'median']
  return table(
    head,
    Object.entries(figures).map(([name, values]) => [
      name,
      ...values.map(readable),
      readable(median(values)),
    ]),
  )
}

/** Rounds a figure for the closing JSON line. */
export function rounded(value: number, digits = 3): number {
  return Number(value.toFixed(digits))
}
