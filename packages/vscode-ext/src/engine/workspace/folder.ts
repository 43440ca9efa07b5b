import { chmodSync, lstatSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a workspace's collector lives: `.evenkeel/`, private to its user and ignored by git. */
export interface WorkspaceFolder {
  /** Absolute, with symbolic links resolved, so that one workspace has one name. */
  readonly workspace: string
  readonly folder: string
  readonly discovery: string
  readonly lock: string
  readonly store: string
  readonly log: string
}

export const FOLDER_NAME = '.evenkeel'

/** The paths of a workspace; throws where there is no such folder. */
export function workspaceFolder(workspace: string): WorkspaceFolder {
  const root = realFolder(workspace)
  const folder = join(root, FOLDER_NAME)
  return {
    workspace: root,
    folder,
    discovery: join(folder, 'collector.json'),
    lock: join(folder, 'collector.lock'),
    store: join(folder, 'store.sqlite'),
    log: join(folder, 'collector.log'),
  }
}

function realFolder(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Error(`The workspace ${path} is not a folder.`)
  return realpathSync(path)
}

/** Makes the folder where it is not there. It holds a token and what users told: others may not look in. */
export function createFolder({ folder }: WorkspaceFolder): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // A cloned repository could bring a link to somewhere else.
  if (!lstatSync(folder).isDirectory())
    throw new Error(`${folder} is not a folder of its own. Remove it; the collector makes it anew.`)
  chmodSync(folder, 0o700)
  writeFileSync(join(folder, '.gitignore'), '*\n')
}
