import { describe, expect, it } from 'vitest'
import type { StreamEvent } from './event.ts'
import { createFindingRouter } from './finding-router.ts'
import { createMessageRouter } from './message-router.ts'
import type { CreateDecoder, Protocol } from './protocol.ts'
import { aiSdk } from './protocols/ai-sdk.ts'
import { PROTOCOLS } from './protocols.ts'
import { createSseBody } from './sse-body.ts'
import { emitMetadata, emitUsage } from './stream-metadata.ts'
import { createTerminalGuard } from './terminal-guard.ts'

const PARTS = { aiSdk, createMessageRouter, createSseBody, emitMetadata, emitUsage, htmlPage: '' }

/** A protocol whose decoder arrives when the test says so. */
function slowProtocol() {
  const loading = Promise.withResolvers<CreateDecoder>()
  const protocol: Protocol = {
    name: 'slow',
    ownEnd: '`over`',
    recognisesHeaders: () => false,
    recognises: () => false,
    load: () => loading.promise,
  }
  const createDecoder: CreateDecoder = (emit) => ({
    read: ({ text, over }) => {
      if (typeof text === 'string') emit({ type: 'text', id: 't', delta: text })
      if (over === true) emit({ type: 'end', reason: 'stop', rawReason: null, verified: true })
    },
    done() {},
    close() {},
  })
  return { protocol, loading, arrive: () => loading.resolve(createDecoder) }
}

function setUp() {
  const events: StreamEvent[] = []
  const guard = createTerminalGuard((event) => events.push(event))
  const slow = slowProtocol()
  const router = createFindingRouter(PARTS, slow.protocol, guard.emit, (work) => work(), PROTOCOLS)
  return { ...slow, events, router }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('a router whose decoder is still loading', () => {
  it('keeps what arrives, and reads it in order once the decoder is here', async () => {
    const { router, events, arrive } = setUp()
    router.route('{"text":"Hel"}', undefined)
    router.emit({ type: 'ping' })
    router.route('{"text":"lo"}', undefined)
    router.route('{"over":true}', undefined)
    router.close()
    expect(events).toEqual([])
    arrive()
    await settled()
    expect(events.map(({ type }) => type)).toEqual(['text', 'ping', 'text', 'end'])
  })

  it('reads on at once after that', async () => {
    const { router, events, arrive } = setUp()
    arrive()
    await settled()
    router.route('{"text":"Hi"}', undefined)
    expect(events).toEqual([{ type: 'text', id: 't', delta: 'Hi' }])
  })

  it('says that a body without its end was truncated, after what the body held', async () => {
    const { router, events, arrive } = setUp()
    router.route('{"text":"Hi"}', undefined)
    router.close()
    arrive()
    await settled()
    expect(events.map(({ type }) => type)).toEqual(['text', 'failed'])
    expect(events[1]).toMatchObject({
      failure: 'truncated',
      detail: 'The body ended after 1 events without `over`.',
    })
  })

  it('says that the network failed where the decoder does not come', async () => {
    const { router, events, loading } = setUp()
    router.route('{"text":"Hi"}', undefined)
    loading.reject(new Error('404'))
    await settled()
    expect(events).toEqual([
      {
        type: 'failed',
        failure: 'network',
        code: null,
        detail: 'The decoder of slow could not be loaded.',
      },
    ])
  })
})
