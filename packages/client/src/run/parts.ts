/** What reads an answer. */
export type Reading = Pick<typeof import('./reading.ts'), 'createReader' | 'readHead'>

/** What picks a broken answer up again. */
export type Resuming = Pick<typeof import('./resume.ts'), 'createResumer'>

/**
 * The parts of an engine that a page needs only once it asks something. They are loaded apart, so that
 * a page that shows a button carries a button: the readers when a surface appears, telemetry when a
 * run starts, health with the readers, resuming when a server first names a URL for it.
 */
export interface Parts {
  loadReading(): Promise<Reading>
  loadResuming(): Promise<Resuming>
  loadTelemetry(): Promise<Pick<typeof import('../telemetry/telemetry.ts'), 'createTelemetry'>>
  loadHealth(): Promise<Pick<typeof import('../health/health.ts'), 'createHealth'>>
}

export const lazyParts: Parts = {
  loadReading: () => import('./reading.ts'),
  loadResuming: () => import('./resume.ts'),
  loadTelemetry: () => import('../telemetry/telemetry.ts'),
  loadHealth: () => import('../health/health.ts'),
}
