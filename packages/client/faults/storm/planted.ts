import type { Defect } from '../plant.ts'

/** The mistakes that storms are made of. Each has to move at least one figure out of its bounds. */
export const PLANTED: readonly Defect[] = [
  {
    name: 'no cool-down: the level rises with the next good run',
    file: 'health/outlook.ts',
    from: 'isPast(unit.changedAtMs + coolDownMs(unit, policy, levels), nowMs, policy.longestCoolDownMs)',
    to: 'true',
  },
  {
    name: 'the level falls with the first failure',
    file: 'health/controller.ts',
    from: 'streak % policy.failuresPerStep === 0',
    to: 'streak > 0',
  },
  {
    name: 'the level never falls',
    file: 'health/controller.ts',
    from: 'if (level >= levels.at(unit.level)) return unit',
    to: 'return unit',
  },
  {
    name: 'the level never rises',
    file: 'health/outlook.ts',
    from: 'up !== null && isDue ? up : local',
    to: 'local',
  },
  {
    name: 'an answer does not end the row of failures',
    file: 'health/controller.ts',
    from: "return unit.breaker === 'open' ? unit : { ...unit, streak: 0 }",
    to: 'return unit',
  },
  {
    name: 'the breaker never opens',
    file: 'health/controller.ts',
    from: 'streak >= policy.failuresToOpen',
    to: 'streak < 0',
  },
  {
    name: 'the breaker never closes',
    file: 'health/controller.ts',
    from: "breaker: 'closed', openings: 0, probe: null",
    to: 'probe: null',
  },
  {
    name: 'a half-open breaker lets everybody through',
    file: 'health/outlook.ts',
    from: '|| isProbing(unit, nowMs, policy)\n  return isOpen',
    to: '\n  return isOpen',
  },
  {
    name: 'the breaker opens for twice as long without end',
    file: 'health/controller.ts',
    from: 'Math.min(policy.longestOpenMs, policy.openMs * 2 ** unit.openings)',
    to: 'policy.openMs * 4 ** (unit.openings + 2)',
  },
  {
    name: 'the failed probe closes the breaker',
    file: 'health/controller.ts',
    from: "streak >= policy.failuresToOpen || unit.breaker === 'open' ? 1 : 0",
    to: '0',
  },
  {
    name: 'Retry-After is not honoured',
    file: 'health/controller.ts',
    from: 'Math.min(retryAfterMs ?? 0, policy.longestRetryAfterMs) * (1 + random / 10)',
    to: '0',
  },
  {
    name: 'Retry-After is honoured, but a little early',
    file: 'health/controller.ts',
    from: '* (1 + random / 10)',
    to: '* (0.5 + random / 2)',
  },
  {
    name: 'retries have no budget',
    file: 'health/health.ts',
    from: '.retries >= 1',
    to: '.retries >= 0',
  },
  {
    name: 'another tier of a server that is down is asked in the same run',
    file: 'run/ladder-walk.ts',
    from: '!closedDomains.includes(domainOfStep(step))',
    to: 'closedDomains.length < 9',
  },
  {
    name: 'a schema is retried without end',
    file: 'run/ladder-walk.ts',
    from: "next === 'retry-once' && isFirstFallHere",
    to: "next === 'retry-once'",
  },
  {
    name: 'what the ladder is told is not told to the breaker',
    file: 'health/health.ts',
    from: '? [failed(failure), dropped]',
    to: '? [dropped, dropped]',
  },
  {
    name: 'nobody asks the breaker',
    file: 'health/health.ts',
    from: "if (outlook(name, atMs, levels).breaker !== 'open') continue",
    to: 'continue',
  },
]
