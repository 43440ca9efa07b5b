import { useTexts } from './language.ts'
import type { Texts } from './texts/texts.ts'

const MINUTE_MS = 60_000
const STEPS = [
  { unit: 'd', milliseconds: 24 * 60 * MINUTE_MS },
  { unit: 'h', milliseconds: 60 * MINUTE_MS },
  { unit: 'min', milliseconds: MINUTE_MS },
] as const

const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

/** How long ago, in the largest unit that fits: "14 min", "2 h", "3 d", "now". */
export function age(atEpochMs: number, nowMs: number, units: Texts['age']): string {
  const passed = nowMs - atEpochMs
  const step = STEPS.find(({ milliseconds }) => passed >= milliseconds)
  return step === undefined ? units.now : `${Math.floor(passed / step.milliseconds)} ${units[step.unit]}`
}

/** A relative time, with the exact one on hover and for machines. */
export function Age({ at, now }: { at: number; now: number }) {
  const date = new Date(at)
  const units = useTexts().age
  return (
    <time className="age" dateTime={date.toISOString()} title={exact.format(date)}>
      {age(at, now, units)}
    </time>
  )
}
