import type { Arrival } from '@evenkeel/shared'

/** The viewBox of the strip: it is stretched to its place, so only the proportions count. */
export const STRIP = { width: 1000, height: 100 } as const

/**
 * The characters that had arrived by each moment, as an SVG path of steps over the whole axis: a steep
 * climb is a burst, a flat is silence. Empty where nothing arrived.
 */
export function stepPath(arrivals: readonly Arrival[], domainMs: number): string {
  const total = arrivals.reduce((sum, { characters }) => sum + characters, 0)
  const [first] = arrivals
  if (first === undefined || total === 0) return ''
  const x = (ms: number) => round(Math.min(1, ms / domainMs) * STRIP.width)
  let arrived = 0
  let path = `M${x(first.atMs)} ${STRIP.height}`
  for (const { atMs, characters } of arrivals) {
    arrived += characters
    path += `H${x(atMs)}V${round(STRIP.height * (1 - arrived / total))}`
  }
  return path
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
