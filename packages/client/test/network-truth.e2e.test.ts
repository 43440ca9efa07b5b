import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEngine, createRun, defineFeature, type RunRecord } from '@evenkeel/client/core'
import type { BudgetSpec, Failure } from '@evenkeel/shared'
import { afterEach, expect, it } from 'vitest'

/** What a fault does with one request; a real socket is at hand. */
type Fault = (response: ServerResponse, request: IncomingMessage) => void

const STREAM = { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' }
const event = (chunk: object) => `data: ${JSON.stringify(chunk)}\n\n`
const START = event({ type: 'start' }) + event({ type: 'text-start', id: 't' })
const HELLO = event({ type: 'text-delta', id: 't', delta: 'Hello' })
const END = `${event({ type: 'text-end', id: 't' })}${event({ type: 'finish', finishReason: 'stop' })}data: [DONE]\n\n`

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
})

async function serve(fault: Fault): Promise<{ url: string; server: Server; hungUp: () => number }> {
  let hangUps = 0
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) hangUps += 1
    })
    fault(response, request)
  })
  servers.push(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/ai`
  return { url, server, hungUp: () => hangUps }
}

let count = 0

function ask(url: string, budget: BudgetSpec = {}) {
  count += 1
  const feature = defineFeature<string>({
    id: `network-${count}`,
    interaction: 'progressive',
    budget,
    ladder: [
      { step: 'model', url },
      { step: 'template', render: (input) => `template for ${input}` },
    ],
  })
  const run = createRun(feature, createEngine({ environment: 'test', telemetry: false }))
  return { run, settled: run.start('x') }
}

const afterHello = (then: (response: ServerResponse) => void): Fault => {
  return (response) => {
    response.writeHead(200, STREAM)
    response.write(START + HELLO)
    setTimeout(() => then(response), 30)
  }
}

const FAULTS: readonly (readonly [string, Fault, Failure])[] = [
  ['a reset before the head', (response) => response.socket?.resetAndDestroy(), 'network'],
  ['a reset in the middle', afterHello((response) => response.socket?.resetAndDestroy()), 'network'],
  ['a socket closed in the middle of a chunk', afterHello((response) => response.destroy()), 'network'],
  ['a body that ends early', afterHello((response) => response.end()), 'truncated'],
  ['an empty 200', (response) => response.writeHead(200, STREAM).end(), 'truncated'],
  [
    'an HTML page with 200',
    (response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>Log in'),
    'protocol',
  ],
  [
    'an HTML page that says that it is a stream',
    (response) => response.writeHead(200, STREAM).end('<!doctype html><p>Log in'),
    'protocol',
  ],
  ['503', (response) => response.writeHead(503, { 'retry-after': '2' }).end('busy'), 'http.server'],
  [
    'a redirect to nowhere',
    (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    'network',
  ],
  [
    'a stream that breaks inside a character',
    afterHello((response) => response.end(Buffer.from([0xe2, 0x82]))),
    'truncated',
  ],
]

it.each(FAULTS)(
  '%s: the template answers and the record says which failure it was',
  async (_name, fault, failure) => {
    const { url } = await serve(fault)
    const { run, settled } = ask(url)
    const record = await settled
    expect(record.attempts.map((attempt) => attempt.failure)).toEqual([failure, null])
    expect(record.outcome).toBe('degraded')
    expect(run.text).toBe('template for x')
  },
)

it('a refused connection is a network failure', async () => {
  const { url, server } = await serve(() => {})
  await new Promise((closed) => server.close(closed))
  servers.length = 0
  expect((await ask(url).settled).attempts[0]?.failure).toBe('network')
})

it('a head that does not come in the budget hangs up on the server', async () => {
  const { url, hungUp } = await serve(() => {})
  const { settled } = ask(url, { giveUpMs: 100 })
  expect((await settled).attempts[0]).toMatchObject({ failure: 'timeout.first-token', status: null })
  await expect.poll(hungUp).toBe(1)
})

it('a stream that goes silent has stalled, and is hung up on', async () => {
  const { url, hungUp } = await serve(afterHello(() => {}))
  const { run, settled } = ask(url, { stallMs: 150 })
  const record: RunRecord = await settled
  expect(record.attempts[0]?.failure).toBe('timeout.stall')
  expect(record.stalls[0]?.durationMs).toBeGreaterThanOrEqual(150)
  expect(run.text).toBe('template for x')
  await expect.poll(hungUp).toBe(1)
})

it('stopping hangs up on the server', async () => {
  const { url, hungUp } = await serve(afterHello(() => {}))
  const { run, settled } = ask(url)
  await expect.poll(() => run.text).toBe('Hello')
  run.stop()
  expect((await settled).outcome).toBe('stopped')
  await expect.poll(hungUp).toBe(1)
})

it('a server that still works after the end of the answer is not hung up on', async () => {
  const { url, hungUp } = await serve(
    afterHello((response) => {
      response.write(END)
      setTimeout(() => response.end(), 100)
    }),
  )
  const { run, settled } = ask(url)
  expect((await settled).outcome).toBe('answered')
  expect(run.text).toBe('Hello')
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(hungUp()).toBe(0)
})

it('an answer split at every byte, inside characters too, is whole', async () => {
  const words = 'Grüße, 親愛なる 👩‍👩‍👧 kunde'
  const bytes = Buffer.from(START + event({ type: 'text-delta', id: 't', delta: words }) + END)
  const { url } = await serve(async (response) => {
    response.writeHead(200, STREAM)
    response.socket?.setNoDelay(true)
    for (const byte of bytes) {
      response.write(Buffer.from([byte]))
      await new Promise(setImmediate)
    }
    response.end()
  })
  const { run, settled } = ask(url)
  expect((await settled).outcome).toBe('answered')
  expect(run.text).toBe(words)
})
