/** What reads an answer. */
export type Reading = Pick<typeof import('./reading.ts'), 'createReader' | 'readHead'>

/** What picks a broken answer up again. */
export type Resuming = Pick<typeof import('./resume.ts'), 'createResumer'>

/**
 * The parts of an engine that a page needs only once it asks something. They are loaded apart, so that
 * a page that shows a button carries a button: what every run works with when a surface appears,
 * resuming when a server first names a URL for it.
 */
export interface Parts {
  loadReading(): Promise<Reading>
  loadResuming(): Promise<Resuming>
  loadTelemetry(): Promise<Pick<typeof import('../telemetry/telemetry.ts'), 'createTelemetry'>>
  loadHealth(): Promise<Pick<typeof import('../health/health.ts'), 'createHealth'>>
}

const loadOnDemand = () => import('./on-demand.ts')

export const lazyParts: Parts = {
  loadReading: loadOnDemand,
  loadResuming: () => import('./resume.ts'),
  loadTelemetry: loadOnDemand,
  loadHealth: loadOnDemand,
}
