import * as learning from '../health/health.ts'
import * as caching from '../run/caching.ts'
import * as headWords from '../run/head-words.ts'
import * as hedging from '../run/hedging.ts'
import * as judging from '../run/judging.ts'
import * as health from '../run/open-health.ts'
import * as telemetry from '../run/open-telemetry.ts'
import type { Parts } from '../run/parts.ts'
import * as resuming from '../run/resume.ts'
import { createTaking, type TakingParts } from '../run/taking.ts'
import * as tooling from '../run/tool-exchange.ts'
import * as observing from '../run/would-have.ts'
import * as otherBodies from '../stream/other-bodies.ts'
import * as sampling from '../telemetry/sampling.ts'
import * as sweeping from '../telemetry/sweep.ts'

/** What only some steps need, at hand too. */
export const takingParts: TakingParts = {
  loadOthers: async () => otherBodies,
  loadHeadWords: async () => headWords,
  loadJudging: async () => judging,
  loadCaching: async () => caching,
  loadHedging: async () => hedging,
  loadObserving: async () => observing,
}

const taking = createTaking(takingParts)

/** Everything at hand, because a virtual clock does not wait for a module to load. */
export const staticParts: Parts = {
  loadAsking: () => taking,
  loadResuming: async () => resuming,
  loadTooling: async () => tooling,
  loadTelemetry: async () => telemetry,
  loadSampling: async () => sampling,
  loadSweep: async () => sweeping,
  loadHealth: async () => health,
  loadLearning: async () => learning,
}
