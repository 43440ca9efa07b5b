import * as learning from '../health/health.ts'
import * as health from '../health/health-on-demand.ts'
import { createAsk } from '../run/asking.ts'
import type { Parts } from '../run/parts.ts'
import * as resuming from '../run/resume.ts'
import * as tooling from '../run/tool-exchange.ts'
import * as otherBodies from '../stream/other-bodies.ts'
import * as sampling from '../telemetry/sampling.ts'
import * as sweeping from '../telemetry/sweep.ts'
import * as telemetry from '../telemetry/telemetry.ts'

/** Everything at hand, because a virtual clock does not wait for a module to load. */
export const staticParts: Parts = {
  loadAsking: () => ({ ask: createAsk(async () => otherBodies) }),
  loadResuming: async () => resuming,
  loadTooling: async () => tooling,
  loadTelemetry: async () => telemetry,
  loadSampling: async () => sampling,
  loadSweep: async () => sweeping,
  loadHealth: async () => health,
  loadLearning: async () => learning,
}
