import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type FlagFile, openFlagFile } from '@evenkeel/shared/flags'

const SHIPPED = fileURLToPath(new URL('../flags.json', import.meta.url))

/** The product's flags, open. */
export interface Flags {
  readonly file: FlagFile
  close(): Promise<void>
}

/**
 * Opens the flags of this file; `null` for a copy of the shipped ones, so that what is tried out in the
 * demonstration is forgotten when the server ends.
 */
export async function openFlags(path: string | null): Promise<Flags> {
  if (path !== null) {
    const file = await openFlagFile(path)
    return { file, close: async () => file.close() }
  }
  const folder = await mkdtemp(join(tmpdir(), 'support-desk-flags-'))
  const copy = join(folder, 'flags.json')
  await copyFile(SHIPPED, copy)
  const file = await openFlagFile(copy)
  return {
    file,
    async close() {
      file.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
