import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rollout } from '../server/controls/control-store.ts'
import { createEvaluator } from './evaluator.ts'
import { ROLLOUT_STAGES, rolloutRule } from './rollout.ts'

const FLAG = 'draft-reply.enabled'

function evaluatorOf(rollout: Rollout, flag = FLAG) {
  const { defaultVariant, targeting } = rolloutRule(rollout)
  const definition = {
    state: 'ENABLED',
    variants: { on: true, off: false },
    defaultVariant,
    ...(targeting === undefined ? {} : { targeting }),
  }
  return createEvaluator(JSON.stringify({ flags: { [flag]: definition } }))
}

function has(rollout: Rollout, user: string | null, cohort?: string, flag = FLAG): unknown {
  const { value } = evaluatorOf(rollout, flag).evaluate(flag, false, {
    tenant: null,
    user,
    ...(cohort === undefined ? {} : { cohort }),
  })
  return value
}

describe('a rollout', () => {
  it('reaches the share that was asked for, and whoever has it keeps it at every further stage', () => {
    const users = Array.from({ length: 100_000 }, (_, index) => `user-${index}`)
    let before = new Set<string>()
    for (const stage of ROLLOUT_STAGES) {
      const evaluator = evaluatorOf(stage)
      const now = new Set(
        users.filter((user) => evaluator.evaluate(FLAG, false, { tenant: null, user }).value === true),
      )
      expect(Math.abs((100 * now.size) / users.length - stage.percent)).toBeLessThan(1)
      expect([...before].filter((user) => !now.has(user))).toEqual([])
      before = now
    }
  })

  it('takes the feature from nobody between any two shares', () => {
    const share = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(share, share, fc.string({ minLength: 1 }), (a, b, user) => {
        const [lower, higher] = a < b ? [a, b] : [b, a]
        const isOn = has({ percent: lower, cohorts: [] }, user)
        return isOn === false || has({ percent: higher, cohorts: [] }, user) === true
      }),
      { numRuns: 300 },
    )
  })

  it('is for the named cohorts at every stage', () => {
    for (const stage of ROLLOUT_STAGES) expect(has(stage, 'anyone', 'internal')).toBe(true)
    expect(has({ percent: 0, cohorts: ['internal'] }, 'anyone', 'external')).toBe(false)
  })

  it('gives nobody in particular the feature only once everybody has it', () => {
    expect(has({ percent: 99.9, cohorts: [] }, null)).toBe(false)
    expect(has({ percent: 100, cohorts: [] }, null)).toBe(true)
  })

  it('draws each feature’s users anew', () => {
    const half = { percent: 50, cohorts: [] }
    const users = Array.from({ length: 400 }, (_, index) => `user-${index}`)
    const one = users.map((user) => has(half, user))
    const other = users.map((user) => has(half, user, undefined, 'weekly-digest.enabled'))
    const same = one.filter((value, index) => value === other[index]).length
    expect(same).toBeGreaterThan(140)
    expect(same).toBeLessThan(260)
  })

  it('is nobody’s at nought per cent without cohorts', () => {
    expect(rolloutRule({ percent: 0, cohorts: [] })).toEqual({ defaultVariant: 'off', targeting: undefined })
  })
})
