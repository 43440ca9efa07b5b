const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** An exact number with its thousands parted: `1,204`. */
export function formatWhole(count: number): string {
  return whole.format(count)
}

/** An exact number of things, in agreement with its noun: `1 attempt`, `1,204 characters`. */
export function formatNumberOf(count: number, one: string, many = `${one}s`): string {
  return `${formatWhole(count)} ${count === 1 ? one : many}`
}
