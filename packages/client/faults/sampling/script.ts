import { chance } from '../storm/random.ts'

/** What happens to one user's run; decided here, by its number alone, so that it is the truth that figures are held to. */
export interface Plot {
  /** The server answers with an error, and a template takes its place. */
  readonly fails: boolean
  /** The user stops it before anything has come. */
  readonly stops: boolean
  readonly latencyMs: number
  readonly thumb: 1 | -1 | null
  /** Before the answer has ended, after it on the same page, or another day on another page. */
  readonly thumbWhen: 'streaming' | 'same page' | 'later'
  /** Another day the user says the contrary. */
  readonly changesMind: boolean
  readonly regenerates: boolean
}

export const TRUE_FALLBACK_SHARE = 0.02

export function plotOf(seed: number, run: number): Plot {
  const dice = (what: number) => chance(seed, run, what)
  const fails = dice(1) < TRUE_FALLBACK_SHARE
  const stops = !fails && dice(2) < 0.02
  // Who got a template is ten times as likely to be displeased.
  const isDown = !stops && dice(3) < (fails ? 0.3 : 0.03)
  const isUp = !stops && !isDown && dice(3) > 0.95
  return {
    fails,
    stops,
    latencyMs: 200 + 50 * Math.floor(20 * dice(4) ** 3),
    thumb: isDown ? -1 : isUp ? 1 : null,
    thumbWhen: dice(5) < 0.2 ? 'streaming' : dice(5) < 0.7 ? 'same page' : 'later',
    changesMind: dice(7) < 0.1,
    regenerates: !stops && !fails && dice(6) < 0.02,
  }
}
