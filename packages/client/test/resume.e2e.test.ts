import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { defineFeature, type RunRecord } from '@evenkeel/shared'
import {
  createMemoryResumeStore,
  type MemoryResumeStore,
  resumeHandler,
  toNodeListener,
  withEvenkeel,
} from '@evenkeel/shared/server'
import { afterEach, describe, expect, it } from 'vitest'
import { createEngine } from '../src/core.ts'
import { createTestPage } from '../src/testing/test-engine.ts'

// The engine, the handlers of `@evenkeel/shared/server` and Node's own fetch over real sockets, which are
// destroyed after any number of bytes.

const WORDS = Array.from({ length: 40 }, (_, index) => `wörd-${index} 🙂 `)
const TEXT = WORDS.join('')

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
})

interface Product {
  readonly origin: string
  readonly store: MemoryResumeStore
  readonly asked: readonly string[]
  readonly signals: readonly AbortSignal[]
}

/** A product whose connections are destroyed after so many bytes, one after the other. */
async function serve(cuts: readonly number[], everyMs = 1): Promise<Product> {
  const store = createMemoryResumeStore()
  const asked: string[] = []
  const signals: AbortSignal[] = []
  const left = [...cuts]
  const draft = withEvenkeel(
    'draft-reply',
    (_request, { signal }) => {
      signals.push(signal)
      return new Response(streamOf(signal, everyMs), {
        headers: { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' },
      })
    },
    { resume: { store, url: (answer) => `/resume/${answer}`, graceMs: 2_000 } },
  )
  const resume = resumeHandler({ store })
  const listener = toNodeListener((request) =>
    request.url.endsWith('/draft') ? draft(request) : resume(request),
  )
  const server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url?.split('/')[1]}`)
    const cut = left.shift()
    if (cut !== undefined) destroyAfter(outgoing, cut)
    listener(incoming, outgoing)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, store, asked, signals }
}

function streamOf(signal: AbortSignal, everyMs: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const event = (chunk: object | string) =>
    encoder.encode(`data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`)
  return new ReadableStream({
    async start(controller) {
      try {
        controller.enqueue(event({ type: 'text-start', id: 't' }))
        for (const delta of WORDS) {
          await wait(everyMs, undefined, { signal })
          controller.enqueue(event({ type: 'text-delta', id: 't', delta }))
        }
        controller.enqueue(event({ type: 'text-end', id: 't' }))
        controller.enqueue(event({ type: 'finish', finishReason: 'stop' }))
        controller.enqueue(event('[DONE]'))
        controller.close()
      } catch {
        controller.error(signal.reason)
      }
    },
  })
}

/** Passes on this many bytes of the body, in the middle of whatever they are, and destroys the socket. */
function destroyAfter(outgoing: ServerResponse, cutBytes: number): void {
  const write = outgoing.write.bind(outgoing) as (piece: Uint8Array, done?: () => void) => boolean
  let leftBytes = cutBytes
  outgoing.write = ((piece: Uint8Array | string, done?: () => void) => {
    if (typeof piece === 'string') return write(Buffer.from(piece), done)
    const passed = piece.subarray(0, leftBytes)
    leftBytes -= piece.length
    if (leftBytes > 0) return write(piece, done)
    return write(passed, () => outgoing.destroy())
  }) as ServerResponse['write']
}

async function run({ origin }: Product): Promise<{ record: RunRecord; texts: string[]; text: string }> {
  const engine = createEngine({
    page: createTestPage(origin),
    telemetry: false,
    onBug: (where, error) => {
      throw new Error(where, { cause: error })
    },
  })
  const answer = engine.createRun(
    defineFeature<string>({
      id: `draft-reply-${new URL(origin).port}`,
      interaction: 'asynchronous',
      ladder: [
        { step: 'model', url: `${origin}/draft` },
        { step: 'template', render: () => 'template' },
      ],
    }),
  )
  const texts: string[] = []
  answer.subscribeText(() => texts.push(answer.text))
  const record = await answer.start('x')
  return { record, texts, text: answer.text }
}

describe('an answer whose socket is destroyed', () => {
  it.each([
    [[]],
    [[1]],
    [[37]],
    [[500]],
    [[501]],
    [[502]],
    [[503]],
    [[504]],
    [[2_400]],
    [[60, 60, 60, 60]],
    [[700, 1, 130, 260, 131]],
  ])('after %j bytes is whole in the end, asked once, and never went back', async (cuts) => {
    const product = await serve(cuts)
    const { record, texts, text } = await run(product)
    expect(text).toBe(TEXT)
    expect(record).toMatchObject({ outcome: 'answered', answerLength: TEXT.length })
    expect(record.attempts).toMatchObject([{ failure: null }])
    expect(record.attempts[0]?.resumes).toBeLessThanOrEqual(cuts.length)
    if (cuts.length > 0) expect(record.attempts[0]?.resumes).toBeGreaterThan(0)
    for (const seen of texts) expect(TEXT.startsWith(seen)).toBe(true)
    expect(product.asked.filter((request) => request.startsWith('POST'))).toHaveLength(1)
    expect(product.signals.map(({ aborted }) => aborted)).toEqual([false])
  })

  it('stops the model when the reader stops', async () => {
    const product = await serve([], 50)
    const engine = createEngine({ telemetry: false, propagateTo: [product.origin] })
    const answer = engine.createRun(
      defineFeature<string>({
        id: 'draft-reply-stopped',
        interaction: 'asynchronous',
        ladder: [{ step: 'model', url: `${product.origin}/draft` }, { step: 'omit' }],
      }),
    )
    void answer.start('x')
    await expect.poll(() => answer.text).toContain('wörd-2')
    answer.stop()
    await expect.poll(() => product.signals[0]?.aborted, { timeout: 1_000 }).toBe(true)
    await expect.poll(() => product.asked).toEqual(['POST draft', 'DELETE resume'])
    expect(product.store.answers).toBe(0)
  })
})
