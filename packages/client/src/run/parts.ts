/** What reads an answer. */
export type Reading = Pick<typeof import('./reading.ts'), 'readers' | 'readHead'>

/** What picks a broken answer up again. */
export type Resuming = Pick<typeof import('./resume.ts'), 'createResumer'>

/** What goes on after a turn that called tools of the page. */
export type Tooling = Pick<typeof import('./tool-exchange.ts'), 'openToolExchange'>

/**
 * The parts of an engine that a page needs only once it asks something. They are loaded apart, so that
 * a page that shows a button carries a button: what every run works with when a surface appears,
 * resuming when a server first names a URL for it.
 */
export interface Parts {
  loadReading(): Promise<Reading>
  loadResuming(): Promise<Resuming>
  /** Only for features that have client tools. */
  loadTooling(): Promise<Tooling>
  loadTelemetry(): Promise<Pick<typeof import('../telemetry/telemetry.ts'), 'createTelemetry'>>
  /** Only where not every run is sent. */
  loadSampling(): Promise<Pick<typeof import('../telemetry/sampling.ts'), 'createSampling'>>
  loadHealth(): Promise<Pick<typeof import('../health/health-on-demand.ts'), 'createHealthOnDemand'>>
  /** Only where something went wrong before, or does now. */
  loadLearning(): Promise<Pick<typeof import('../health/health.ts'), 'createHealth'>>
}

const loadOnDemand = () => import('./on-demand.ts')

export const lazyParts: Parts = {
  loadReading: loadOnDemand,
  loadResuming: () => import('./resume.ts'),
  loadTooling: () => import('./tool-exchange.ts'),
  loadTelemetry: loadOnDemand,
  loadSampling: () => import('../telemetry/sampling.ts'),
  loadHealth: loadOnDemand,
  loadLearning: () => import('../health/health.ts'),
}
