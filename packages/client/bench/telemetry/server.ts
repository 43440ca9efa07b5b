import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** A page, an answer that comes word by word, and somewhere to send telemetry to. */
export interface BenchServer {
  readonly url: string
  /** Bodies that came, by the first part of their path. */
  readonly bodies: { readonly kind: string; readonly body: Buffer }[]
  close(): Promise<void>
}

const frame = (event: object) => `data: ${JSON.stringify(event)}\n\n`

export async function startBenchServer(script: string, words: number): Promise<BenchServer> {
  const bodies: { kind: string; body: Buffer }[] = []
  const server = createServer(async (request, response) => {
    const [, kind = ''] = (request.url ?? '/').split('/')
    if (kind === '')
      return response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><script src="/script"></script>')
    if (kind === 'script') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (kind !== 'api' || request.url !== '/api/answer') {
      bodies.push({ kind, body: Buffer.concat(chunks) })
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'x-vercel-ai-ui-message-stream': 'v1',
      evenkeel:
        'prompt="draft-reply", version="3.1.0", hash="b5bb9d80", model="gpt-large-2026-09-01", intent="refund", path="hybrid", context="kb-2026-11"',
      'server-timing': 'retrieval;dur=81.2, queue;dur=12.4',
    })
    response.write(frame({ type: 'start' }) + frame({ type: 'text-start', id: 't' }))
    for (let word = 0; word < words; word += 1) {
      response.write(frame({ type: 'text-delta', id: 't', delta: 'word ' }))
      await wait(8)
    }
    response.end(
      `${frame({ type: 'text-end', id: 't' })}${frame({ type: 'finish', finishReason: 'stop' })}data: [DONE]\n\n`,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
