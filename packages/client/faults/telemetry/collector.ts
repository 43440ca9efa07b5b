import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../../vscode-ext/src/engine/collector/main.ts', import.meta.url))

/** What the way to the collector is like. */
export type Weather =
  | 'fair'
  /** Asks for patience, by status and `Retry-After`. */
  | 'busy'
  | 'failing'
  /** Takes only small batches. */
  | 'narrow'
  /** Says yes, in words that no collector says. */
  | 'garbage'
  | 'cut'
  /** Takes what comes, and its answer never arrives. */
  | 'forgetful'
  /** Will never take anything. */
  | 'refusing'

/** Batches of more bytes are too much at once while it is narrow. */
export const NARROW_BYTES = 9_000

export interface CollectorStage {
  /** Of the proxy: it stays the same while the collector comes and goes. */
  readonly url: string
  weather: Weather
  readonly isAway: boolean
  stop(): Promise<void>
  start(): Promise<void>
  /** What the store holds, asked by SQL. */
  rows<Row>(sql: string): Row[]
  close(): Promise<void>
}

/** The real collector in a process and a workspace of its own, behind a proxy that has weather. */
export async function startCollectorStage(): Promise<CollectorStage> {
  const workspace = mkdtempSync(join(tmpdir(), 'telemetry-'))
  let process_: ChildProcess | null = null
  let target: string | null = null
  let answers = 0

  async function start(): Promise<void> {
    const child = spawn(
      process.execPath,
      ['--conditions=evenkeel-source', MAIN, '--workspace', workspace, '--idle-ms', '600000'],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    process_ = child
    let said = ''
    child.stderr.on('data', (chunk) => {
      // It says so each time it is stopped, and this suite does little else.
      if (!/stopping: SIGTERM/.test(String(chunk))) process.stderr.write(chunk)
    })
    for await (const chunk of child.stdout) {
      said += String(chunk)
      const url = /collector=(\S+)/.exec(said)?.[1]
      if (url !== undefined) {
        target = url
        return
      }
    }
    throw new Error(`The collector did not start: ${said}`)
  }

  async function stop(): Promise<void> {
    target = null
    if (process_ === null || process_.exitCode !== null) return
    const ended = once(process_, 'exit')
    process_.kill('SIGTERM')
    await ended
  }

  let weather: Weather = 'fair'
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const answer = (status: number, text = '{}', headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
    answers += 1
    switch (weather) {
      case 'busy':
        return answer(429, '{}', { 'retry-after': '2' })
      case 'failing':
        return answer(503)
      case 'refusing':
        return answer(400)
      case 'cut':
        return response.destroy()
      case 'garbage':
        return answers % 2 === 0
          ? answer(200, '<!doctype html><title>It works!</title>')
          : answer(200, '{"partialSuccess":')
      case 'narrow':
        if (body.length > NARROW_BYTES) return answer(413)
    }
    if (target === null) return response.destroy()
    try {
      const taken = await fetch(target + (request.url ?? ''), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      const text = await taken.text()
      if (weather === 'forgetful') return response.destroy()
      answer(taken.status, text)
    } catch {
      response.destroy()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  await start()

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get weather() {
      return weather
    },
    set weather(next) {
      weather = next
    },
    get isAway() {
      return target === null
    },
    start,
    stop,
    rows<Row>(sql: string): Row[] {
      const database = new DatabaseSync(join(workspace, '.evenkeel', 'store.sqlite'), { readOnly: true })
      try {
        return database.prepare(sql).all() as Row[]
      } finally {
        database.close()
      }
    },
    async close() {
      await stop()
      server.closeAllConnections()
      server.close()
      rmSync(workspace, { recursive: true, force: true })
    },
  }
}
