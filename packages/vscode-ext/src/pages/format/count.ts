const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** `1 attempt`, `1,204 characters`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`
}
