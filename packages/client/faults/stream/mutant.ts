import type { CreateReader } from '../../src/stream/reader.ts'
import { plant } from '../plant.ts'
import type { Defect } from './planted.ts'

const ENTRY =
  "export * from './stream/create-reader.ts'; export { preloadProtocols } from './stream/protocols.ts'"

/** The reader, bundled from its real sources, with this defect in them; `null` for a copy without one. */
export async function buildReader(defect: Defect | null): Promise<CreateReader> {
  const { createReader, preloadProtocols } = (await plant(
    ENTRY,
    defect && { ...defect, file: `stream/${defect.file}` },
  )) as { createReader: CreateReader; preloadProtocols: () => Promise<void> }
  await preloadProtocols()
  return createReader
}
