import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const START = fileURLToPath(new URL('../scripts/start.ts', import.meta.url))
const ENDED_WITHIN_MS = 20_000

/** `npm start` as a process of its own, on free ports, with a store of its own. */
export interface Started {
  readonly child: ChildProcess
  /** All it wrote so far. */
  output(): { readonly stdout: string; readonly stderr: string }
  /** Its exit code; ended by force where it does not end by itself. */
  ended(): Promise<number | null>
}

/** A folder for a store; `remove` it when nobody uses it any more. */
export function createWorkspace(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'support-desk-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

export function start(workspace: string, environment: Readonly<Record<string, string>> = {}): Started {
  const child = spawn(process.execPath, ['--conditions=evenkeel-source', START], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'development',
      // A file that is saved meanwhile must not reload the page under test.
      HOT_RELOAD: 'off',
      PORT: '0',
      COLLECTOR_PORT: '0',
      EVENKEEL_WORKSPACE: workspace,
      EVENKEEL_ENVIRONMENT: 'end-to-end',
      ...environment,
    },
  })
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  const exit = once(child, 'exit')
  return {
    child,
    output: () => ({ stdout, stderr }),
    async ended() {
      const late = wait(ENDED_WITHIN_MS, 'late', { ref: false })
      if ((await Promise.race([exit, late])) === 'late') child.kill('SIGKILL')
      await exit
      return child.exitCode
    },
  }
}

/** The ready line's addresses. Rejects with what the process said where it ended instead. */
export async function ready(started: Started): Promise<{ readonly app: string; readonly collector: string }> {
  return await eventually(() => {
    const { stdout, stderr } = started.output()
    const [, app, collector] = /^ready app=(\S+) collector=(\S+)$/m.exec(stdout) ?? []
    if (app !== undefined && collector !== undefined) return { app, collector }
    if (started.child.exitCode !== null) throw new Error(`It ended: ${stdout}${stderr}`)
    return null
  }, 60_000)
}

/** Asks again and again until there is an answer; a throw ends it at once. */
export async function eventually<T>(ask: () => T | null | Promise<T | null>, withinMs = 15_000): Promise<T> {
  const deadlineMs = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== null) return answer
    if (performance.now() > deadlineMs) throw new Error(`Nothing within ${withinMs} ms: ${ask}`)
    await wait(50)
  }
}

/** The collector of a workspace, from its discovery file; `null` where none has announced itself. */
export function collectorPid(workspace: string): number | null {
  try {
    return JSON.parse(readFileSync(join(workspace, '.evenkeel', 'collector.json'), 'utf8')).pid
  } catch {
    return null
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

type Row = Readonly<Record<string, string | number | null>>

/** Rows of the store by plain SQL, opened for reading only: a witness that shares no code with the library. */
export function rows(workspace: string, sql: string, ...parameters: (string | number)[]): Row[] {
  const store = new DatabaseSync(join(workspace, '.evenkeel', 'store.sqlite'), { readOnly: true })
  try {
    return store.prepare(sql).all(...parameters) as Row[]
  } finally {
    store.close()
  }
}
