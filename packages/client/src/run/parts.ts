import type { ExchangeParts } from './exchange-parts.ts'
import type { Taking } from './taking.ts'

/** What asks a model and reads its answer, and takes the other steps that need more than the page carries. */
export type Asking = Taking

/**
 * The parts of an engine that a page needs only once it asks something. They are loaded apart, so that
 * a page that shows a button carries a button: what every run works with when a surface appears,
 * resuming when a server first names a URL for it.
 */
export interface Parts extends ExchangeParts {
  /** At once where it is here. */
  loadAsking(): Asking | Promise<Asking>
  loadTelemetry(): Promise<Pick<typeof import('./open-telemetry.ts'), 'openTelemetry'>>
  /** Only where not every run is sent. */
  loadSampling(): Promise<Pick<typeof import('../telemetry/sampling.ts'), 'createSampling'>>
  /** Only where another page has left something. */
  loadSweep(): Promise<Pick<typeof import('../telemetry/sweep.ts'), 'sweep'>>
  loadHealth(): Promise<Pick<typeof import('./open-health.ts'), 'openHealth'>>
  /** Only where something went wrong before, or does now. */
  loadLearning(): Promise<Pick<typeof import('../health/health.ts'), 'createHealth'>>
}

const loadOnDemand = () => import('./on-demand.ts')
let asking: Asking | null = null

export const lazyParts: Parts = {
  loadAsking: () =>
    asking ??
    loadOnDemand().then((loaded) => {
      asking = loaded
      return loaded
    }),
  loadResuming: () => import('./resume.ts'),
  loadTooling: () => import('./tool-exchange.ts'),
  loadTelemetry: loadOnDemand,
  loadSampling: () => import('../telemetry/sampling.ts'),
  loadSweep: () => import('../telemetry/sweep.ts'),
  loadHealth: loadOnDemand,
  loadLearning: () => import('../health/health.ts'),
}
