const exact = new Intl.NumberFormat('en', { maximumFractionDigits: 3 })
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** A figure and its unit apart, so that a page can set the unit in a lighter tone. */
export interface Quantity {
  readonly figure: string
  readonly unit: string
}

/**
 * A duration as people say it: `0.4 ms`, `430 ms`, `1.2 s`, `48 s`, `2 min 5 s`. The unit is chosen
 * after rounding, so that 999.7 ms is `1.0 s` and not `1000 ms`.
 */
export function quantityOfMs(ms: number): Quantity {
  if (ms > 0 && ms < 0.95) return { figure: ms < 0.05 ? '< 0.1' : ms.toFixed(1), unit: 'ms' }
  if (ms < 999.5) return { figure: whole.format(ms), unit: 'ms' }
  if (ms < 9_950) return { figure: (ms / 1000).toFixed(1), unit: 's' }
  if (ms < 59_500) return { figure: whole.format(ms / 1000), unit: 's' }
  const seconds = Math.round(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  return seconds % 60 === 0
    ? { figure: whole.format(minutes), unit: 'min' }
    : { figure: `${whole.format(minutes)} min ${seconds % 60}`, unit: 's' }
}

/** {@link quantityOfMs} as one text. */
export function formatMs(ms: number): string {
  const { figure, unit } = quantityOfMs(ms)
  return `${figure} ${unit}`
}

/** A duration to the microsecond: `1,204.318 ms`. */
export function formatExactMs(ms: number): string {
  return `${exact.format(ms)} ms`
}
