/** A place on the time axis that carries a number. */
export interface Tick {
  readonly atMs: number
  readonly label: string
}

/** Beyond a few seconds people count time in halves and quarters of minutes, not in tens. */
const LONG_STEPS_MS = [15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000]

/** Ticks at nice numbers from zero to `domainMs`, `maxTicks` of them at most besides zero. */
export function ticksFor(domainMs: number, maxTicks: number): readonly Tick[] {
  const stepMs = niceStep(domainMs / Math.max(1, maxTicks))
  const count = Math.floor(domainMs / stepMs + 1e-9)
  return Array.from({ length: count + 1 }, (_, index) => {
    const atMs = index * stepMs
    return { atMs, label: labelOf(atMs, stepMs, domainMs) }
  })
}

/** The smallest nice step that is no smaller than `atLeastMs`: 1, 2 or 5 times a power of ten, or a clock's. */
export function niceStep(atLeastMs: number): number {
  if (atLeastMs > 10_000) {
    const step = LONG_STEPS_MS.find((candidate) => candidate >= atLeastMs)
    return step ?? Math.ceil(atLeastMs / 3_600_000) * 3_600_000
  }
  const power = 10 ** Math.floor(Math.log10(atLeastMs))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= atLeastMs * (1 - 1e-9)) ?? 10
  return factor * power
}

/** All labels of an axis share one unit and as many digits as its step needs. */
function labelOf(atMs: number, stepMs: number, domainMs: number): string {
  if (atMs === 0) return '0'
  if (domainMs >= 120_000) {
    const minutes = Math.floor(atMs / 60_000)
    const seconds = Math.round((atMs % 60_000) / 1000)
    return seconds === 0 ? `${minutes} min` : `${minutes}:${String(seconds).padStart(2, '0')} min`
  }
  const [unitMs, unit] = domainMs >= 2_000 ? [1000, 's'] : [1, 'ms']
  return `${(atMs / unitMs).toFixed(digitsOf(stepMs / unitMs))} ${unit}`
}

function digitsOf(step: number): number {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
}
