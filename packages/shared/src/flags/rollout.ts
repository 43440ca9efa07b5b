import type { Rollout } from '../server/controls/control-store.ts'

/** The usual way up: the team itself first, then more and more of everybody. */
export const ROLLOUT_STAGES: readonly Rollout[] = [
  { percent: 0, cohorts: ['internal'] },
  { percent: 5, cohorts: ['internal'] },
  { percent: 25, cohorts: ['internal'] },
  { percent: 50, cohorts: ['internal'] },
  { percent: 100, cohorts: ['internal'] },
]

/** Thousandths of a percent. The sum never changes, which is what makes a user's place in it stay. */
const WHOLE = 100_000

/** What a rollout is made of: the variant of those whom no rule names, and the rule. */
export interface RolloutRule {
  readonly defaultVariant: 'on' | 'off'
  readonly targeting: unknown
}

/**
 * The rule of a rollout in flagd's JSON logic. flagd puts a user at `hash(flag, user) × sum of weights`
 * and takes the variant whose stretch covers that place. With `on` first and the sum constant a user's
 * place never moves and the stretch only grows: whoever has the feature keeps it while it ramps up.
 * Nobody in particular (no user id) has it at 100 % only.
 */
export function rolloutRule({ percent, cohorts }: Rollout): RolloutRule {
  const weight = Math.round((percent / 100) * WHOLE)
  if (weight >= WHOLE) return { defaultVariant: 'on', targeting: undefined }
  const share =
    weight === 0
      ? undefined
      : {
          fractional: [
            ['on', weight],
            ['off', WHOLE - weight],
          ],
        }
  if (cohorts.length === 0) return { defaultVariant: 'off', targeting: share }
  const isNamed = { in: [{ var: 'cohort' }, [...cohorts]] }
  return {
    defaultVariant: 'off',
    targeting: { if: share === undefined ? [isNamed, 'on'] : [isNamed, 'on', share] },
  }
}
