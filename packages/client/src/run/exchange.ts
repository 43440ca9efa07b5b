import type { Failure } from '@evenkeel/shared'
import type { Emit } from '../stream/event.ts'
import type { Reader } from '../stream/reader.ts'
import type { Exchange } from './exchange-contract.ts'
import { NOTHING_SAID, type Readers, refusalOf } from './reading.ts'
import type { ExchangeRequest } from './request.ts'
import type { Resumer } from './resume.ts'
import type { StepWorld } from './step-world.ts'

const UNREAD = 'the readers could not be loaded'

/** What an exchange needs of the world. */
export interface ExchangeWorld
  extends Pick<
    StepWorld,
    'fetch' | 'loadResuming' | 'clock' | 'page' | 'propagateTo' | 'randomBytes' | 'reportBug' | 'nameOf'
  > {
  readonly readers: Readers
}

/**
 * Sends one request and reads the answer into events: any number of them and exactly one terminal
 * event, `end` or `failed`, unless it is cancelled before. Nothing throws past it. Where the connection
 * breaks and the server named a URL for the rest, the same reader goes on with another connection.
 */
export function openExchange(
  request: ExchangeRequest,
  world: ExchangeWorld,
  emit: Emit,
  onHead: () => void = () => {},
): Exchange {
  let connection = new AbortController()
  let status: number | null = null
  let retryAfterMs: number | null = null
  let reader: Reader | null = null
  let isOver = false
  let hasRead = false
  let resumeUrl: string | null = null
  let resumer: Promise<Resumer | null> | null = null
  let resumes = 0
  let isResuming = false
  let mayRelease = false
  /** What becomes of the exchange if it cannot be resumed, where that was said before. */
  let standing: readonly [Failure, string] | null = null

  const deliver: Emit = (event) => {
    if (isOver) return
    isOver = event.type === 'end' || event.type === 'failed'
    // Nothing more of a failed answer is wanted. After a good end the body is read on to its own end,
    // so that a server that still writes its log does not see a browser that hung up.
    if (event.type === 'failed') connection.abort()
    if (event.type === 'metadata') prepareResuming(event.metadata.resume)
    hasRead ||= reader !== null
    emit(event)
  }
  const fail = (failure: Failure, detail: string) => deliver({ type: 'failed', failure, code: null, detail })

  /**
   * A page that is left has its connections broken just before it hears that it goes. Such a run was
   * abandoned, and no network failed; a turn later nothing of that page runs any more.
   */
  const nextTurn = () =>
    new Promise<void>((resolve) => (isOver ? resolve() : void world.clock.setTimeout(resolve, 0)))

  async function run(): Promise<void> {
    world.readers.prepare(request.protocol)
    const response = await world
      .fetch(request.url, { ...request.init, signal: connection.signal })
      .catch(async (error: unknown) => {
        await nextTurn()
        fail('network', `no response: ${world.nameOf(error)}`)
      })
    if (response === undefined) return
    status = response.status
    if (isOver) return void response.body?.cancel().catch(() => {})
    const refusal = refusalOf(response, world.clock.epochMs())
    retryAfterMs = refusal?.retryAfterMs ?? null
    if (refusal === null) onHead()
    const said = await world.readers.readWords(response.headers).catch((error: unknown) => {
      world.reportBug('loading what reads the head', error)
      return NOTHING_SAID
    })
    deliver({ type: 'metadata', ...said })
    if (refusal !== null) return fail(refusal.failure, refusal.detail)
    const options = request.protocol === undefined ? {} : { protocol: request.protocol }
    reader = await world.readers.open(response, deliver, options).catch((error: unknown) => {
      world.reportBug('loading the readers', error)
      return null
    })
    if (isOver) return void response.body?.cancel().catch(() => {})
    if (reader === null) return fail('network', UNREAD)
    for (let body: ReadableStream<Uint8Array> | null = response.body; body !== null; ) {
      const broken = await drain(body.getReader(), reader)
      if (broken === null) reader.settle()
      else await nextTurn()
      if (isOver) return
      body = await nextBody(reader)
      if (isOver) return void body?.cancel().catch(() => {})
      if (body !== null) {
        resumes += 1
        standing = null
        reader.reconnect()
      } else if (broken !== null) return fail(...(standing ?? broken))
    }
    reader.close()
  }

  /** Loaded before it is needed: a network that broke does not load a module. */
  function prepareResuming(url: string | undefined): void {
    if (url === undefined || url === resumeUrl) return
    resumeUrl = url
    // A stream may be passed on from elsewhere, so what it names is read and never deleted.
    mayRelease = reader === null
    resumer = world
      .loadResuming()
      .then(({ createResumer }) => createResumer(url, request, world))
      .catch((error: unknown) => {
        world.reportBug('loading what resumes', error)
        return null
      })
  }

  // Without ids nobody could tell what was read already; where nothing was read, nothing can come twice.
  const isResumable = () => resumer !== null && (reader?.lastEventId != null || !hasRead)

  /** The body that goes on with the answer; `null` where there is none. */
  async function nextBody({ lastEventId }: Reader): Promise<ReadableStream<Uint8Array> | null> {
    if (!isResumable()) return null
    connection = new AbortController()
    const { signal } = connection
    isResuming = true
    const body = await resumer?.then((by) => by?.next(lastEventId, signal)).catch(() => null)
    isResuming = false
    return body ?? null
  }

  /** Feeds the body to the reader; tells what broke it, `null` where it came to its own end. */
  async function drain(
    body: ReadableStreamDefaultReader<Uint8Array>,
    into: Reader,
  ): Promise<readonly [Failure, string] | null> {
    for (;;) {
      const part = await body.read().catch(world.nameOf)
      if (typeof part === 'string') return ['network', `the connection broke: ${part}`]
      if (part.done) return null
      if (!isOver) into.push(part.value)
    }
  }

  void run().catch((error: unknown) => {
    world.reportBug('the exchange with the server', error)
    fail('bug', `the exchange threw ${world.nameOf(error)}`)
  })

  return {
    get status() {
      return status
    },
    get retryAfterMs() {
      return retryAfterMs
    },
    get protocol() {
      return reader?.protocol ?? null
    },
    get resumes() {
      return resumes
    },
    reconnect(...failure) {
      if (isOver || isResuming || !isResumable()) return false
      standing = failure
      connection.abort()
      return true
    },
    cancel() {
      // The server goes on for a while in case somebody comes back, so it has to be told.
      if (!isOver && mayRelease) void resumer?.then((by) => by?.release())
      isOver = true
      connection.abort()
    },
  }
}
