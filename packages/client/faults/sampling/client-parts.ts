import type { recordSignal, referenceOf } from '../../src/feedback/record-signal.ts'
import type { assembleEngine } from '../../src/run/engine.ts'
import type { staticParts } from '../../src/testing/static-parts.ts'
import type { createTestPage } from '../../src/testing/test-engine.ts'
import { type Defect, plant } from '../plant.ts'

/** The real client, as far as a population needs it. */
export interface ClientParts {
  readonly assembleEngine: typeof assembleEngine
  readonly staticParts: typeof staticParts
  readonly createTestPage: typeof createTestPage
  readonly recordSignal: typeof recordSignal
  readonly referenceOf: typeof referenceOf
}

const ENTRY = `
export { assembleEngine } from './run/engine.ts'
export { staticParts } from './testing/static-parts.ts'
export { createTestPage } from './testing/test-engine.ts'
export { recordSignal, referenceOf } from './feedback/record-signal.ts'
`

/** The client bundled from its sources with this defect in it; `null` for one without. */
export async function clientWith(defect: Defect | null): Promise<ClientParts> {
  return (await plant(ENTRY, defect)) as ClientParts
}
