const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

const SCALES = [
  { suffix: '', size: 1 },
  { suffix: ' k', size: 1e3 },
  { suffix: ' M', size: 1e6 },
  { suffix: ' G', size: 1e9 },
] as const

/** A count as people say it: `18`, `980`, `1.2 k`, `12.4 k`, `124 k`, `3.1 M`. Weighted counts may be fractional. */
export function formatCount(count: number): string {
  for (const { suffix, size } of SCALES) {
    const scaled = count / size
    // Rounded first: 999.96 k is 1 M, not 1000 k.
    if (scaled >= 999.5 && size < 1e9) continue
    const text = size > 1 && scaled < 99.95 ? scaled.toFixed(1).replace(/\.0$/, '') : whole.format(scaled)
    return `${text}${suffix}`
  }
  return whole.format(count)
}

/** `1 run`, `18 runs`, `12.4 k runs`. */
export function formatRuns(count: number): string {
  const text = formatCount(count)
  return `${text} ${text === '1' ? 'run' : 'runs'}`
}
