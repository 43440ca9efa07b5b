import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { collectorFromSource } from '../src/engine/collector/from-source.ts'
import { type Discovery, readDiscovery } from '../src/engine/workspace/discovery.ts'
import { workspaceFolder } from '../src/engine/workspace/folder.ts'

/** A collector process as a test sees it: from outside. */
export interface CollectorProcess {
  readonly child: ChildProcess
  readonly pid: number
  /** Resolves with the line that says `ready`; rejects with what was said where the process ends before. */
  readonly ready: Promise<string>
  readonly exit: Promise<number | null>
  readonly stdout: () => string
  readonly stderr: () => string
}

const started = new Set<ChildProcess>()
const folders = new Set<string>()

export function newWorkspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-e2e-'))
  folders.add(folder)
  return workspaceFolder(folder).workspace
}

export function runCollector(workspace: string, ...more: readonly string[]): CollectorProcess {
  const { command, args } = collectorFromSource()
  const child = spawn(command, [...args, '--workspace', workspace, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.add(child)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const exit = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  const ready = (async () => {
    const ended = exit.then(() => 'ended')
    for (;;) {
      const line = stdout.split('\n').find((each) => each.startsWith('ready '))
      if (line !== undefined) return line
      if ((await Promise.race([ended, wait(20)])) === 'ended' && !stdout.includes('ready '))
        throw new Error(`The collector ended before it was ready: ${stderr}`)
    }
  })()
  ready.catch(() => {})
  return { child, pid: child.pid ?? -1, ready, exit, stdout: () => stdout, stderr: () => stderr }
}

/** What the discovery file says; fails where there is none. */
export function discoveryOf(workspace: string): Discovery {
  const discovery = readDiscovery(workspaceFolder(workspace))
  if (discovery === null) throw new Error(`No discovery file in ${workspace}`)
  return discovery
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // A process that has ended but was not yet waited for still has its id.
  const state = /^State:\s+(\S)/m.exec(readStatus(pid))?.[1]
  return state !== 'Z'
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}

export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  ms = 20_000,
): Promise<void> {
  const deadlineMs = performance.now() + ms
  while (!(await holds())) {
    if (performance.now() > deadlineMs) throw new Error(`Not within ${ms} ms: ${what}`)
    await wait(20)
  }
}

/** Ends what the test left: by the folders' discovery files too, for attached collectors are nobody's children. */
export async function cleanUp(): Promise<void> {
  for (const child of started) child.kill('SIGKILL')
  started.clear()
  for (const workspace of folders) {
    const discovery = readDiscovery(workspaceFolder(workspace))
    if (discovery !== null && isAlive(discovery.pid)) process.kill(discovery.pid, 'SIGKILL')
    rmSync(workspace, { recursive: true, force: true, maxRetries: 5 })
  }
  folders.clear()
}
