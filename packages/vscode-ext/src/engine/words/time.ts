const UNITS = [
  { name: 'min', ms: 60_000, below: 3_600_000 },
  { name: 'h', ms: 3_600_000, below: 86_400_000 },
  { name: 'd', ms: 86_400_000, below: Number.POSITIVE_INFINITY },
] as const

/** `just now`, `3 min ago`, `2 h ago`, `5 d ago`. Clocks differ between machines, so a little ahead is `just now`. */
export function formatAgo(atEpochMs: number, nowEpochMs: number): string {
  const ageMs = nowEpochMs - atEpochMs
  if (ageMs < -60_000) return 'in the future'
  const unit = UNITS.find(({ below }) => ageMs < below)
  if (ageMs < 60_000 || unit === undefined) return 'just now'
  return `${Math.floor(ageMs / unit.ms)} ${unit.name} ago`
}

/** The exact time in the reader's own zone, to the millisecond: `2026-11-21 09:26:30.412 GMT+1`. */
export function formatExactTime(atEpochMs: number, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).formatToParts(atEpochMs)
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? ''
  const day = [part('year'), part('month'), part('day')].join('-')
  const time = `${[part('hour'), part('minute'), part('second')].join(':')}.${part('fractionalSecond')}`
  return `${day} ${time} ${part('timeZoneName')}`
}
