import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tokens } from './text.ts'

/** How a stream comes: `burst` chunks every `everyMs` milliseconds. */
export interface Pace {
  readonly tokens: number
  readonly perParagraph: number
  readonly burst: number
  readonly everyMs: number
}

/** The protocols that the contenders read. */
export type Protocol = 'ai-sdk' | 'ag-ui'

interface Framing {
  readonly headers: Readonly<Record<string, string>>
  readonly begin: readonly object[]
  readonly chunk: (delta: string) => object
  readonly end: readonly object[]
  readonly done: string
}

const SSE = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }

const FRAMINGS: Readonly<Record<Protocol, Framing>> = {
  'ai-sdk': {
    headers: { ...SSE, 'x-vercel-ai-ui-message-stream': 'v1' },
    begin: [{ type: 'start', messageId: 'm1' }, { type: 'start-step' }, { type: 'text-start', id: '1' }],
    chunk: (delta) => ({ type: 'text-delta', id: '1', delta }),
    end: [{ type: 'text-end', id: '1' }, { type: 'finish-step' }, { type: 'finish', finishReason: 'stop' }],
    done: 'data: [DONE]\n\n',
  },
  'ag-ui': {
    headers: SSE,
    begin: [
      { type: 'RUN_STARTED', threadId: 't1', runId: 'r1' },
      { type: 'TEXT_MESSAGE_START', messageId: 'm1', role: 'assistant' },
    ],
    chunk: (delta) => ({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'm1', delta }),
    end: [
      { type: 'TEXT_MESSAGE_END', messageId: 'm1' },
      { type: 'RUN_FINISHED', threadId: 't1', runId: 'r1' },
    ],
    done: '',
  },
}

const frame = (event: object): string => `data: ${JSON.stringify(event)}\n\n`

export interface BenchServer {
  readonly url: string
  /** Called with 0 to 10 as each tenth of a stream's chunks has been written. */
  onDecile: ((decile: number) => void) | null
  close(): void
}

/**
 * Serves the contenders' pages (`/page/<name>`) and paced streams (`POST /api/<protocol>?<pace>`) of the text that
 * `deltasOf` cuts.
 */
export async function startBenchServer(
  scripts: ReadonlyMap<string, string>,
  deltasOf: (pace: Pick<Pace, 'tokens' | 'perParagraph'>) => readonly string[] = (pace) =>
    tokens(pace.tokens, pace.perParagraph),
): Promise<BenchServer> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const [, kind, name = ''] = url.pathname.split('/')
    if (kind === 'page') return sendPage(response, name)
    if (kind === 'script') return send(response, 'text/javascript', scripts.get(name) ?? '')
    if (kind === 'api' && request.method === 'POST')
      return sendStream(request, response, name as Protocol, url)
    request.resume()
    response.writeHead(kind === 'evenkeel' ? 200 : 404, { 'content-type': 'application/json' }).end('{}')
  })

  function sendPage(response: ServerResponse, name: string): void {
    const style =
      'body{font:16px/1.5 sans-serif;margin:24px;width:640px} .answer{white-space:pre-wrap;overflow-wrap:break-word}'
    send(
      response,
      'text/html; charset=utf-8',
      `<!doctype html><html lang="en"><title>${name}</title><style>${style}</style><div id="root"></div><script src="/script/${name}"></script></html>`,
    )
  }

  function sendStream(
    request: IncomingMessage,
    response: ServerResponse,
    protocol: Protocol,
    url: URL,
  ): void {
    request.resume()
    const figure = (name: string): number => Number(url.searchParams.get(name))
    const { headers, begin, chunk, end, done } = FRAMINGS[protocol]
    const deltas = deltasOf({ tokens: figure('tokens'), perParagraph: figure('perParagraph') })
    response.writeHead(200, headers)
    response.write(begin.map(frame).join(''))
    bench.onDecile?.(0)
    const started = performance.now()
    let sent = 0
    // Paced by the clock, not by the timer, so that a late tick is made up for and every stream takes as long.
    const timer = setInterval(() => {
      const ticks = Math.floor((performance.now() - started) / figure('everyMs'))
      const due = Math.min(deltas.length, ticks * figure('burst'))
      while (sent < due) {
        const upTo = Math.min(due, sent + figure('burst'))
        const decile = Math.floor((10 * upTo) / deltas.length)
        response.write(
          deltas
            .slice(sent, upTo)
            .map((delta) => frame(chunk(delta)))
            .join(''),
        )
        if (decile > Math.floor((10 * sent) / deltas.length)) bench.onDecile?.(decile)
        sent = upTo
      }
      if (sent < deltas.length) return
      clearInterval(timer)
      response.end(end.map(frame).join('') + done)
    }, figure('everyMs'))
    response.on('close', () => clearInterval(timer))
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bench: BenchServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onDecile: null,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  return bench
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}
