import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** How deep below an opened folder a product's own collector is looked for. */
export const NESTED_DEPTH = 3

const DISCOVERY = join('.evenkeel', 'collector.json')
/** Never a product of its own, and often large. */
const SKIPPED = new Set(['node_modules', 'dist', 'build', 'out', 'coverage', 'vendor', 'target'])

/** Lists a folder; injected so that a test needs no disk. */
export type ListFolder = (path: string) => Promise<readonly { name: string; isDirectory(): boolean }[]>

/**
 * The folder whose collector a window shows: an opened folder with one, else the nearest one below it (an
 * opened repository, a product started in `apps/shop`), else the first opened folder, for which one is
 * started.
 */
export async function chooseWorkspace(
  folders: readonly string[],
  list: ListFolder = (path) => readdir(path, { withFileTypes: true }),
): Promise<string | undefined> {
  for (const folder of folders) {
    let level: readonly string[] = [folder]
    for (let depth = 0; depth <= NESTED_DEPTH && level.length > 0; depth += 1) {
      const listed = await Promise.all(
        level.map(async (path) => ({ path, entries: await safely(list, path) })),
      )
      for (const { path, entries } of listed) {
        if (entries.some((entry) => entry.name === '.evenkeel') && (await hasDiscovery(list, path)))
          return path
      }
      level = listed.flatMap(({ path, entries }) =>
        entries
          .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name))
          .map((entry) => join(path, entry.name))
          .sort(),
      )
    }
  }
  return folders[0]
}

/** The folder that a discovery file stands for. */
export function workspaceOfDiscovery(file: string): string {
  return file.slice(0, -DISCOVERY.length - 1)
}

async function hasDiscovery(list: ListFolder, path: string): Promise<boolean> {
  const entries = await safely(list, join(path, '.evenkeel'))
  return entries.some((entry) => entry.name === 'collector.json')
}

/** A folder that cannot be read holds nothing for us. */
async function safely(list: ListFolder, path: string): ReturnType<ListFolder> {
  try {
    return await list(path)
  } catch {
    return []
  }
}
