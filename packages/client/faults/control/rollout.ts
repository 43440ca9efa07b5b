import type { Stage } from './stage.ts'

const STAGES = [0, 5, 25, 50, 100]

/** What became of a rollout over many users. */
export interface RolledOut {
  /** The largest distance between the share wanted and the share reached, in per cent of everybody. */
  readonly errorPct: number
  /** Nobody who had the feature lost it on the way up. */
  readonly monotone: boolean
  /** The team had it at every stage. */
  readonly internal: boolean
}

/** Ramps a feature up by operators' requests, and asks the server's own source of flags who has it. */
export async function rollOut(stage: Stage, users: number): Promise<RolledOut> {
  const { server } = stage
  let errorPct = 0
  let monotone = true
  let internal = true
  let before = new Set<string>()
  for (const percent of STAGES) {
    const { status } = await stage.patch('ramp', { rollout: { percent, cohorts: ['internal'] } })
    if (status !== 200) return { errorPct: 100, monotone: false, internal: false }
    const now = new Set<string>()
    for (let index = 0; index < users; index += 1) {
      const user = `user-${index}`
      const { value } = await server.flags.evaluate('ramp.enabled', false, { tenant: 'acme', user })
      if (value === true) now.add(user)
    }
    errorPct = Math.max(errorPct, Math.abs((100 * now.size) / users - percent))
    for (const user of before) if (!now.has(user)) monotone = false
    const insider = { tenant: 'acme', user: 'insider', cohort: 'internal' }
    internal &&= (await server.controls.of('ramp', insider)).enabled
    before = now
  }
  return { errorPct, monotone, internal }
}
