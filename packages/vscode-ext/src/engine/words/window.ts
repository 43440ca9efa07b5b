const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** The length of a window of figures: `30 min`, `24 h`, `7 d`. A day is 24 h, because that is what is counted. */
export function formatWindow(windowMs: number): string {
  if (windowMs < HOUR_MS) return `${Math.round(windowMs / 60_000)} min`
  if (windowMs <= 2 * DAY_MS) return `${Math.round(windowMs / HOUR_MS)} h`
  return `${Math.round(windowMs / DAY_MS)} d`
}
