import { setTimeout as wait } from 'node:timers/promises'
import { type Discovery, readDiscovery, removeDiscovery } from './discovery.ts'
import { findRunning } from './find-running.ts'
import type { WorkspaceFolder } from './folder.ts'
import { acquireLock, type Lock } from './lock.ts'

/** Either the workspace is ours, or a collector that works has it. */
export type Claim = { readonly lock: Lock } | { readonly running: Discovery }

/** After this long without a sign of life the holder of the lock is taken to hang. */
const HANGS_AFTER_MS = 15_000
const RETRY_MS = 50

/**
 * Claims a workspace. A holder that answers keeps it; one that is only starting or stopping is waited
 * for; one that hangs is killed, for it would keep everybody without data.
 */
export async function claim(folder: WorkspaceFolder): Promise<Claim> {
  let silentSinceMs = performance.now()
  let killed = false
  for (;;) {
    const lock = acquireLock(folder.lock)
    if (lock !== null) {
      // What stands there now is of a collector that is gone. From here on the file, where there is
      // one, was written by whoever holds the lock, which makes it safe to kill by.
      removeDiscovery(folder)
      return { lock }
    }
    const running = await findRunning(folder)
    if (running !== null) return { running }
    if (performance.now() - silentSinceMs > HANGS_AFTER_MS) {
      if (killed) throw new Error(`Another process holds ${folder.lock} and cannot be ended. End it by hand.`)
      killed = killHolder(folder)
      silentSinceMs = performance.now()
    }
    await wait(RETRY_MS)
  }
}

function killHolder(folder: WorkspaceFolder): boolean {
  const holder = readDiscovery(folder)
  if (holder !== null) {
    try {
      process.kill(holder.pid, 'SIGKILL')
    } catch {
      // Gone in the meantime: the lock is free.
    }
  }
  return true
}
