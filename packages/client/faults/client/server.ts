import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { type ControlSettings, toNodeListener, withEvenkeel } from '@evenkeel/shared/server'
import { type AccessLog, createAccessLog, type LoggedRequest } from './access-log.ts'
import type { Behaviour, Exchange, Sink } from './behaviour.ts'
import { documentOf } from './document.ts'
import { openFlags } from './flags.ts'
import type { Job } from './job.ts'
import { responseSink } from './response-sink.ts'

/** A product's server with faults: pages, answers, flags and telemetry on one origin. */
export interface FaultServer {
  readonly url: string
  /** A URL of this machine where nobody listens. */
  readonly refusedUrl: string
  readonly log: AccessLog
  /** An operator's change to the controls of this job's feature. */
  change(job: string, settings: ControlSettings): Promise<void>
  /** Breaks the connections of this job, as they break where a network goes away. */
  cut(job: string): void
  close(): Promise<void>
}

/** The files of each built page by name. */
export type BuiltPages = ReadonlyMap<string, ReadonlyMap<string, string>>

export async function startFaultServer(jobs: readonly Job[], pages: BuiltPages): Promise<FaultServer> {
  const log = createAccessLog()
  const cuts = new Map<string, readonly (() => void)[]>()
  const byId = new Map(jobs.map((job) => [job.id, job]))
  const flags = await openFlags(jobs)
  const tellFlags = toNodeListener(flags.tell)
  const refusedUrl = await closedPort()

  async function answer(request: IncomingMessage, response: ServerResponse, id: string, at: string) {
    const job = byId.get(id)
    if (job === undefined) return void response.writeHead(404).end()
    const attempt = headerOf(request, 'evenkeel-attempt')
    const tier = at === 'fast' || (at === 'model' && attempt?.includes('tier="fast"')) ? 'fast' : 'primary'
    const count = log.of(id).filter((each) => each.tier === tier).length
    const body = await text(request).catch(() => '')
    const logged: LoggedRequest = {
      job: id,
      tier,
      body,
      idempotencyKey: headerOf(request, 'idempotency-key'),
      traceparent: headerOf(request, 'traceparent'),
      attempt,
      ended: null,
    }
    log.add(logged)
    const cut = () => request.socket.resetAndDestroy()
    cuts.set(id, [...(cuts.get(id) ?? []), cut])
    response.once('close', () => {
      logged.ended = response.writableFinished ? 'whole' : 'left'
    })
    // A connection that is used once is never asked again by the browser itself.
    response.shouldKeepAlive = false
    const behaviours = job.row.plan[tier]
    const behaviour = behaviours[Math.min(count, behaviours.length - 1)]
    if (behaviour === undefined) return void response.writeHead(500).end()
    if (isControlled(job)) return controlled(job, behaviour)(request, response)
    behaviour(exchangeOn(nodeSink(response), job, (done) => response.once('close', done)))
  }

  function sendPage(response: ServerResponse, id: string): void {
    const job = byId.get(id)
    if (job === undefined) return void response.writeHead(404).end()
    send(response, 'text/html; charset=utf-8', documentOf(job, refusedUrl))
  }

  const controlled = (job: Job, behaviour: Behaviour) =>
    toNodeListener(
      withEvenkeel(
        job.id,
        (_, { signal }) =>
          responseSink((sink) =>
            behaviour(
              exchangeOn(sink, job, (done) => signal.addEventListener('abort', done, { once: true })),
            ),
          ),
        {
          controls: flags.controls,
          identify: () => ({ tenant: 'acme', user: 'somebody', cohort: 'external' }),
          // Where the browser hears of the switch, it is the browser that stops.
          whenKilled: job.row.plan.flags === 'live' ? 'finish' : job.row.plan.whenKilled,
          onError: () => {},
        },
      ),
    )

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const [, kind = '', first = '', second = ''] = pathname.split('/')
    if (kind === 'ai') return void answer(request, response, first, second)
    request.resume()
    if (kind === 'page') return sendPage(response, first)
    if (kind === 'built') return sendScript(response, pages.get(first)?.get(second))
    if (pathname.startsWith('/evenkeel/ofrep/')) return tellFlags(request, response)
    if (kind === 'refusing') return void response.writeHead(503).end()
    if (kind === 'silent') return
    if (kind === 'evenkeel') return send(response, 'application/json', '{}')
    response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url,
    refusedUrl,
    log,
    async change(job, settings) {
      const request = new Request(`${url}/evenkeel/controls/${job}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...settings, reason: 'a drill' }),
      })
      const { status } = await flags.change(request)
      if (status !== 200) throw new Error(`The switch of ${job} could not be thrown: ${status}.`)
    },
    cut(job) {
      for (const cut of cuts.get(job) ?? []) cut()
    },
    async close() {
      flags.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function isControlled({ row: { plan } }: Job): boolean {
  // A kill for what was said stops an answer on the server in any case: whether the browser does so by itself
  // shows only where the server looks away.
  if (plan.pageFault === 'killed for what it said mid-stream') return plan.flags !== 'live'
  return plan.switch !== null || plan.flags === 'live' || plan.pageFault === 'killed mid-stream'
}

function exchangeOn(response: Sink, { wire }: Job, onOver: (done: () => void) => void): Exchange {
  let isOver = false
  onOver(() => {
    isOver = true
  })
  return {
    response,
    wire,
    after(delayMs, work) {
      setTimeout(() => {
        if (!isOver) work()
      }, delayMs)
    },
  }
}

const nodeSink = (response: ServerResponse): Sink => ({
  writeHead(status, headers) {
    response.writeHead(status, headers)
    response.flushHeaders()
  },
  write: (piece) => void response.write(piece),
  end: (piece) => void response.end(piece),
  reset: () => (response.socket as Socket | null)?.resetAndDestroy(),
})

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name]
  return typeof value === 'string' ? value : null
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}

/** Kept by the browser, as a product's scripts are. */
function sendScript(response: ServerResponse, body: string | undefined): void {
  const headers = { 'content-type': 'text/javascript', 'cache-control': 'public, max-age=3600, immutable' }
  response.writeHead(body === undefined ? 404 : 200, headers).end(body)
}

/** A port that was free a moment ago. */
async function closedPort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return `http://127.0.0.1:${port}`
}
