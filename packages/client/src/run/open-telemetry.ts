import type { HealthScope } from '../health/health-key.ts'
import {
  createTelemetry,
  type Telemetry,
  type TelemetryOptions,
  type TelemetryWorld,
} from '../telemetry/telemetry.ts'
import { randomOf } from './random-of.ts'
import type { StepWorld } from './step-world.ts'

/** What telemetry is told of its engine. */
export interface TelemetrySetting extends Omit<TelemetryOptions, 'scope'>, Partial<HealthScope> {
  readonly sampleRate: number
}

/** What only some of it needs. */
export interface TelemetryParts extends Pick<TelemetryWorld, 'loadSweep'> {
  loadSampling(): Promise<Pick<typeof import('../telemetry/sampling.ts'), 'createSampling'>>
}

/** Opens the way of an engine's records and signals out of its page. */
export async function openTelemetry(
  { sampleRate, tenant = null, user = null, ...setting }: TelemetrySetting,
  { fetch, clock, page, randomBytes, reportBug }: StepWorld,
  { loadSweep, loadSampling }: TelemetryParts,
): Promise<Telemetry> {
  const { epochMs, setTimeout } = clock
  const { isVisible, beacon } = page
  const random = randomOf(randomBytes)
  const { url, environment, service, build, storage, beforeSend } = setting
  const made = createTelemetry(
    { url, environment, service, build, storage, beforeSend, scope: JSON.stringify([tenant, user]) },
    { fetch, epochMs, setTimeout, random, randomBytes, isVisible, beacon, loadSweep, reportBug },
  )
  return sampleRate < 1 ? { ...made, ...(await loadSampling()).createSampling(sampleRate, made) } : made
}
