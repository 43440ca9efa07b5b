import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EDITOR_SETTINGS } from './editor-settings.ts'
import { ensureCodeServer } from './install-code-server.ts'
import { CACHE } from './paths.ts'

/** A running VS Code that a browser opens. */
export interface CodeServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly port: number
  readonly pid: number
  /** What it printed so far, for an error's report. */
  log(): string
  /** Ends it with every process it started, and removes its user data. */
  stop(): Promise<void>
}

export interface CodeServerOptions {
  /** Opened by a browser that names none. */
  readonly folder?: string
  /** 0, the default, picks a free one. */
  readonly port?: number
  /** Folders of unpacked extensions; a clean empty folder where absent. */
  readonly extensionsDir?: string
  /** Settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** What extension hosts find in their environment besides this process's own. */
  readonly env?: Readonly<Record<string, string>>
}

const READY = /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/
const START_MS = 30_000
const STOP_MS = 3_000

/** Starts the real VS Code on loopback, installed first where missing, with clean user data. */
export async function startCodeServer(options: CodeServerOptions = {}): Promise<CodeServer> {
  const entry = await ensureCodeServer()
  await mkdir(CACHE, { recursive: true })
  const home = await mkdtemp(join(CACHE, 'code-server-data-'))
  const userData = join(home, 'user-data')
  const settings = { ...EDITOR_SETTINGS, ...options.settings }
  await mkdir(join(userData, 'User'), { recursive: true })
  await writeFile(join(userData, 'User', 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`)
  const child = spawn(
    process.execPath,
    [
      entry,
      ...['--config', join(home, 'config.yaml')],
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${options.port ?? 0}`],
      ...['--user-data-dir', userData, '--extensions-dir', options.extensionsDir ?? join(home, 'extensions')],
      ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
      // A closed window's extension host ends soon instead of in three hours.
      ...['--reconnection-grace-time', '1'],
      ...(options.folder === undefined ? [] : ['--ignore-last-opened', options.folder]),
    ],
    // A group of its own, so that stop() reaches what it starts and Ctrl-C does not come twice.
    { env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  )
  const pid = child.pid
  if (pid === undefined) throw new Error(`VS Code could not be started: ${process.execPath} did not run.`)

  let log = ''
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    signalGroup(pid, 'SIGTERM')
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, STOP_MS))])
    signalGroup(pid, 'SIGKILL')
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  try {
    const port = await new Promise<number>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('it did not listen within 30 s')), START_MS)
      const read = (chunk: Buffer): void => {
        log += chunk.toString()
        const found = READY.exec(log)?.[1]
        if (found === undefined) return
        clearTimeout(late)
        resolve(Number(found))
      }
      child.stdout.on('data', read)
      child.stderr.on('data', read)
      child.once('exit', (code) => reject(new Error(`it ended with exit code ${code}`)))
    })
    return { url: `http://127.0.0.1:${port}`, port, pid, log: () => log, stop }
  } catch (error) {
    await stop()
    const taken = log.includes('EADDRINUSE') ? `\nPort ${options.port} is taken: choose another.` : ''
    throw new Error(`VS Code could not be started: ${(error as Error).message}.${taken}\n${log}`)
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // The group is gone already.
  }
}
