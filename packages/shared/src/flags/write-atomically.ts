import { open, realpath, rename, rm, stat } from 'node:fs/promises'

/**
 * Writes a file so that a reader sees all of the old text or all of the new one, whatever happens in
 * between. A link stays a link.
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path)
  const mode = await stat(target).then(
    (known) => known.mode & 0o777,
    () => 0o644,
  )
  const draft = `${target}.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`
  try {
    const file = await open(draft, 'wx', mode)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
