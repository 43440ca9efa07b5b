/** What reads an answer. */
export type Reading = Pick<typeof import('./reading.ts'), 'createReader' | 'readHead'>

/**
 * The parts of an engine that a page needs only once it asks something. They are loaded apart, so that
 * a page that shows a button carries a button: the readers when a surface appears, telemetry when a
 * run starts.
 */
export interface Parts {
  loadReading(): Promise<Reading>
  loadTelemetry(): Promise<Pick<typeof import('../telemetry/telemetry.ts'), 'createTelemetry'>>
}

export const lazyParts: Parts = {
  loadReading: () => import('./reading.ts'),
  loadTelemetry: () => import('../telemetry/telemetry.ts'),
}
