import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import type { Discovery } from '../workspace/discovery.ts'
import { findRunning } from '../workspace/find-running.ts'
import { createFolder, type WorkspaceFolder } from '../workspace/folder.ts'

/** How the collector's `main` is run; `--workspace` and the like are added behind. */
export interface CollectorCommand {
  readonly command: string
  readonly args: readonly string[]
}

export interface StartOptions {
  readonly folder: WorkspaceFolder
  readonly spawn: CollectorCommand
  /** 0 or absent picks a free one. */
  readonly port?: number
  readonly idleMs?: number
}

export interface Started {
  readonly discovery: Discovery
  /** False where another starter was quicker. */
  readonly byUs: boolean
}

const START_TIMEOUT_MS = 45_000
const POLL_MS = 40
const MAX_LOG_BYTES = 1024 * 1024

/** Starts the collector as a process of its own that outlives this one, and waits until it answers. */
export async function startCollector(options: StartOptions): Promise<Started> {
  const { folder } = options
  createFolder(folder)
  const logFrom = boundLog(folder.log)
  const child = spawnDetached(options)
  const deadlineMs = performance.now() + START_TIMEOUT_MS
  for (;;) {
    const discovery = await findRunning(folder)
    if (discovery !== null) return { discovery, byUs: discovery.pid === child.pid() }
    const failure = child.failure()
    if (failure !== null) throw new Error(lastWords(folder.log, logFrom) || failure)
    if (performance.now() > deadlineMs)
      throw new Error(
        `The collector did not answer within ${START_TIMEOUT_MS / 1000} s. Its log is ${folder.log}.`,
      )
    await wait(POLL_MS)
  }
}

function spawnDetached({ folder, spawn: { command, args }, port, idleMs }: StartOptions) {
  const log = openSync(folder.log, 'a', 0o600)
  let failure: string | null = null
  const child = spawn(
    command,
    [
      ...args,
      ...['--workspace', folder.workspace],
      ...(port === undefined ? [] : ['--port', String(port)]),
      ...(idleMs === undefined ? [] : ['--idle-ms', String(idleMs)]),
    ],
    {
      detached: true,
      stdio: ['ignore', log, log],
      // Not in the workspace: a process may not keep a folder from being removed.
      cwd: tmpdir(),
      windowsHide: true,
      // The editor's own executable runs as Node with this; a debugger's options would hold the process.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
    },
  )
  closeSync(log)
  child.once('error', (error) => {
    failure = `The collector could not be started: ${error.message}`
  })
  child.once('exit', (code, signal) => {
    if (code !== 0) failure ??= `The collector ended at its start (${signal ?? `exit code ${code}`}).`
  })
  child.unref()
  return { pid: () => child.pid, failure: () => failure }
}

/** The log starts anew when it has grown large. Returns where the next lines will stand. */
function boundLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size <= MAX_LOG_BYTES) return size
  truncateSync(path)
  return 0
}

const OWN_WORDS = /^evenkeel collector: (.*)$/gm

/** What the collector said before it ended; its own sentence where there is one. */
function lastWords(path: string, from: number): string {
  const text = readFileSync(path).subarray(from).toString('utf8')
  return [...text.matchAll(OWN_WORDS)].at(-1)?.[1] ?? text.trim().split('\n').slice(-5).join('\n')
}
