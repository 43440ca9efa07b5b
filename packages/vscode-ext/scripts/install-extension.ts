import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EXTENSION } from './paths.ts'

/**
 * Puts the built extension into an editor's folder of extensions, with the files that its package would
 * hold and nothing else: what runs there is what users install.
 */
export async function installExtension(extensionsDir: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(EXTENSION, 'package.json'), 'utf8'))
  const { devDependencies, scripts, private: _, ...shipped } = manifest
  const folder = join(extensionsDir, `${shipped.publisher}.${shipped.name}-${shipped.version}`)
  await mkdir(folder, { recursive: true })
  for (const path of shipped.files as readonly string[]) {
    await cp(join(EXTENSION, path), join(folder, path), { recursive: true })
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify(shipped, null, 2))
}
