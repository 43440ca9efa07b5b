import type { Failure } from '@evenkeel/shared'
import type { Emit } from '../stream/event.ts'
import type { Reader } from '../stream/reader.ts'
import type { Reading } from './parts.ts'
import type { ExchangeRequest } from './request.ts'
import type { World } from './world.ts'

/** What an exchange needs of the world. */
export type ExchangeWorld = Pick<World, 'fetch' | 'loadReading' | 'clock' | 'reportBug'>

/** One request and its answer, read as events. */
export interface Exchange {
  /** HTTP status; `null` until the head of a response came. */
  readonly status: number | null
  /** The protocol that is read; `null` until it is known. */
  readonly protocol: string | null
  /** Ends it without a further event. */
  cancel(): void
}

/**
 * Sends one request and reads the answer into events: any number of them and exactly one terminal
 * event, `end` or `failed`, unless it is cancelled before. Nothing throws past it.
 */
export function openExchange(
  request: ExchangeRequest,
  world: ExchangeWorld,
  emit: Emit,
  onHead: () => void = () => {},
): Exchange {
  const controller = new AbortController()
  let status: number | null = null
  let reader: Reader | null = null
  let isOver = false

  const deliver: Emit = (event) => {
    if (isOver) return
    isOver = event.type === 'end' || event.type === 'failed'
    // Nothing more of a failed answer is wanted. After a good end the body is read on to its own end,
    // so that a server that still writes its log does not see a browser that hung up.
    if (event.type === 'failed') controller.abort()
    emit(event)
  }
  const fail = (failure: Failure, detail: string) => deliver({ type: 'failed', failure, code: null, detail })

  async function run(): Promise<void> {
    const loading = loadReading()
    const response = await world
      .fetch(request.url, { ...request.init, signal: controller.signal })
      .catch((error: unknown) => fail('network', `no response: ${nameOf(error)}`))
    if (response === undefined) return
    status = response.status
    const reading = await loading
    if (isOver) return void response.body?.cancel().catch(() => {})
    if (reading === null) return fail('network', 'the readers could not be loaded')
    const { refusal, ...said } = reading.readHead(response, world.clock.epochMs())
    deliver({ type: 'metadata', ...said })
    if (refusal !== null) return fail(refusal.failure, refusal.detail)
    onHead()
    const options = request.protocol === undefined ? {} : { protocol: request.protocol }
    reader = reading.createReader(response, deliver, options)
    if (response.body !== null && !(await drain(response.body.getReader(), reader))) return
    reader.close()
  }

  function loadReading(): Promise<Reading | null> {
    return world.loadReading().catch((error: unknown) => {
      world.reportBug('loading the readers', error)
      return null
    })
  }

  /** Feeds the body to the reader; true where the body came to its own end. */
  async function drain(body: ReadableStreamDefaultReader<Uint8Array>, into: Reader): Promise<boolean> {
    for (;;) {
      const part = await body.read().catch((error: unknown) => {
        fail('network', `the connection broke: ${nameOf(error)}`)
        return null
      })
      if (part === null) return false
      if (part.done) return true
      if (!isOver) into.push(part.value)
    }
  }

  void run().catch((error: unknown) => {
    world.reportBug('the exchange with the server', error)
    fail('bug', `the exchange threw ${nameOf(error)}`)
  })

  return {
    get status() {
      return status
    },
    get protocol() {
      return reader?.protocol ?? null
    },
    cancel() {
      isOver = true
      controller.abort()
    },
  }
}

/** What kind of error it was. Its message stays out, because it may quote content. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
