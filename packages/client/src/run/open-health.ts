import type { FAILURE_TABLE } from '@evenkeel/shared'
import type { createHealth, HealthOptions } from '../health/health.ts'
import { type HealthScope, healthKey } from '../health/health-key.ts'
import { createHealthOnDemand, type HealthOnDemand } from '../health/health-on-demand.ts'
import { randomOf } from './random-of.ts'
import type { StepWorld } from './step-world.ts'

/** Opens the watch over health of an engine; `failures` is given because the page has it already; `onChange` is called when levels may have changed. */
export function openHealth(
  options: HealthOptions,
  { tenant = null, user = null }: Partial<HealthScope>,
  { clock, page, randomBytes, reportBug }: StepWorld,
  { loadLearning }: { loadLearning(): Promise<{ readonly createHealth: typeof createHealth }> },
  failures: typeof FAILURE_TABLE,
  onChange: () => void,
): HealthOnDemand {
  const scope = { tenant, user }
  return createHealthOnDemand(loadLearning, options, {
    scope,
    key: healthKey(scope),
    conditions: page,
    epochMs: clock.epochMs,
    random: randomOf(randomBytes),
    failures,
    onChange,
    reportBug,
  })
}
