import { findRunning } from '../workspace/find-running.ts'
import type { WorkspaceFolder } from '../workspace/folder.ts'
import { type CollectorCommand, type Started, startCollector } from './start-collector.ts'

export interface FindOptions {
  /**
   * The port of a collector that has to be started, 0 or absent for any free one. One that runs already
   * is taken on the port it has: there is only one for a workspace.
   */
  readonly port?: number
  /** How to start one where none runs; without it only a running one is found. */
  readonly spawn?: CollectorCommand
  /** Handed to a collector that is started: how long it waits for work before it ends. */
  readonly idleMs?: number
}

/** The collector that runs, or a new one. Rejects with a message for people. */
export async function findOrStart(folder: WorkspaceFolder, options: FindOptions): Promise<Started> {
  const running = await findRunning(folder)
  if (running !== null) return { discovery: running, byUs: false }
  const { spawn } = options
  if (spawn === undefined) throw new Error(`No collector runs for ${folder.workspace}.`)
  return await startCollector({ ...options, folder, spawn })
}

/**
 * After a loss: on the port it had, so that those who only know its address still reach it; on another
 * one where that has been taken in the meantime.
 */
export async function findOrStartAgain(
  folder: WorkspaceFolder,
  options: FindOptions,
  lastPort: number,
): Promise<Started> {
  try {
    return await findOrStart(folder, { ...options, port: lastPort })
  } catch {
    return await findOrStart(folder, { ...options, port: 0 })
  }
}
