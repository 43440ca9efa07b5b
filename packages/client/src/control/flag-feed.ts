import { type Evaluation, isObject, readEvaluation } from './evaluation.ts'
import type { Outside } from './outside.ts'
import { createStreamHolder } from './stream-holder.ts'

/**
 * Brings evaluations to a provider of flags: from the server, from the event stream that one tab holds,
 * from the other tabs, and at first from the page before.
 */
export interface FlagFeed {
  /** What the provider fetches with. It gets what is already here, and asks the server for the rest. */
  readonly fetch: typeof globalThis.fetch
  close(): void
}

export interface FlagFeedOptions {
  /** The absolute URL beneath which OFREP is served. */
  readonly baseUrl: string
  /** Whose flags these are; tabs of another scope share nothing. */
  readonly scope: string
  /** How long there may be no news before the server is asked. */
  readonly pollEveryMs: number
  /** Has the provider fetch again. */
  refresh(): void
}

/** Flags of a page before are good enough to start with for a day. */
const KEPT_MS = 24 * 3600_000

/** Longer than a provider reads what it was given. */
const ASK_AFTER_MS = 100

export function createFlagFeed(options: FlagFeedOptions, outside: Outside): FlagFeed {
  const { baseUrl, scope, pollEveryMs, refresh } = options
  const name = `evenkeel.flags ${baseUrl} ${scope}`
  const channel = outside.openChannel(name)
  /** Of the page before: a start, until the server has been asked. */
  const start = kept()
  let latest = start
  /** What the provider gets when it next fetches. */
  let offered = start
  let heardAtMs = outside.nowMs()
  let cancelPoll = () => {}

  const holder = createStreamHolder({ name, onMessage: onPushed, want: () => post({ wants: true }) }, outside)

  function kept(): Evaluation | null {
    try {
      const { at, of, evaluation } = JSON.parse(outside.storage.read() ?? 'null') ?? {}
      const isMine = of === name && Date.now() - at < KEPT_MS
      return isMine ? readEvaluation(evaluation, null, baseUrl) : null
    } catch {
      return null
    }
  }

  function heard(): void {
    heardAtMs = outside.nowMs()
    cancelPoll()
    // Not all tabs at once: the first one tells the others.
    cancelPoll = outside.setTimeout(poll, pollEveryMs * (0.8 + 0.2 * outside.random()))
  }

  function poll(): void {
    heard()
    refresh()
  }

  function post(message: object): void {
    try {
      channel?.post(message)
    } catch {
      // It was closed with the page.
    }
  }

  /** Takes an evaluation for the latest; false where it is old or the same. */
  function take(evaluation: Evaluation): boolean {
    heard()
    holder.point(evaluation.streamUrl)
    if (latest !== null && evaluation.evaluatedAt < latest.evaluatedAt) return false
    const isNew = evaluation.etag !== latest?.etag
    latest = evaluation
    if (isNew) outside.storage.write(JSON.stringify({ at: Date.now(), of: name, evaluation }))
    return isNew
  }

  /** An evaluation that did not come by the provider's own asking. */
  function offer(evaluation: Evaluation): void {
    if (!take(evaluation)) return
    offered = evaluation
    refresh()
  }

  function onPushed(data: string): void {
    const message = parse(data)
    if (!isObject(message)) return
    const { type } = message
    if (type !== 'refetchEvaluation' && type !== 'keepAlive') return
    const evaluation = readEvaluation(message.evaluation, null, baseUrl)
    if (evaluation !== null) {
      const whole = { ...evaluation, streamUrl: latest?.streamUrl ?? null }
      offer(whole)
      post({ evaluation: whole })
    } else if (type === 'refetchEvaluation') {
      // A server that says only that there is something new.
      poll()
    } else {
      const etag = isObject(message.evaluation) ? message.evaluation.etag : null
      onAlive(etag)
      post({ alive: etag })
    }
  }

  /** Somebody hears the server, and these are the flags it has for us. */
  function onAlive(etag: unknown): void {
    heard()
    if (typeof etag === 'string' && etag !== latest?.etag) refresh()
  }

  channel?.onMessage((message) => {
    if (!isObject(message)) return
    if (message.wants === true) holder.onWanted()
    if ('alive' in message) onAlive(message.alive)
    const evaluation = readEvaluation(message.evaluation, null, baseUrl)
    if (evaluation !== null) offer(evaluation)
  })

  // A hidden tab's timers are slowed down; whoever looks at it wants to see what holds now.
  const stopListening = outside.onVisibility((tab) => {
    if (tab === 'shown' && outside.nowMs() - heardAtMs > pollEveryMs) poll()
  })
  heard()
  holder.point(latest?.streamUrl ?? null)

  async function ask(...request: Parameters<typeof globalThis.fetch>): Promise<Response> {
    const response = await outside.fetch(...request)
    if (response.status === 304) heard()
    if (response.status !== 200) return response
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => null)
    const evaluation = readEvaluation(body, response.headers.get('etag') ?? `at ${Date.now()}`, baseUrl)
    if (evaluation !== null && take(evaluation)) post({ evaluation })
    return response
  }

  return {
    fetch(...request) {
      if (offered === null) return ask(...request)
      const { etag, flags } = offered
      // The server is asked once the provider stands; asked while it still reads this, it would never have it.
      if (offered === start) outside.setTimeout(refresh, ASK_AFTER_MS)
      offered = null
      return Promise.resolve(Response.json({ flags }, { headers: { etag } }))
    },
    close() {
      cancelPoll()
      stopListening()
      holder.close()
      channel?.close()
    },
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}
