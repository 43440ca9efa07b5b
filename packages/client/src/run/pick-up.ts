import { resolveBudget } from '@evenkeel/shared'
import { browserPage, type Page } from './page.ts'
import type { EarlierRun, Run } from './run.ts'

/** Where running answers are noted, and how they are asked for. */
export interface PickUpOptions {
  /** What the answer is about, such as a ticket's id: an answer is picked up only where it belongs. */
  readonly entity: string
  /** The tab's own `sessionStorage` where absent. */
  readonly storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  /** Sent with the request, for products that know a user by more than cookies. */
  readonly headers?: Readonly<Record<string, string>>
  readonly fetch?: typeof globalThis.fetch
  readonly page?: Page
  readonly epochMs?: () => number
}

interface Note {
  readonly runId: string
  readonly url: string
  readonly startedAtEpochMs: number
}

/**
 * Picks up the answer that was being written when the page was loaded anew, and notes this one in case it is
 * again. The text is replayed from its start and goes on live, as the same run, on what is left of its
 * budget; where the server no longer has it, nothing happens. Returns the end of the watch.
 *
 * It needs a server that names a URL to resume, on the page's own origin. What is noted is the run's id, that
 * URL and the time: no word of the answer.
 *
 * @example
 * useEffect(() => pickUpAfterReload(run.store, ticket, { entity: ticket.id }), [run.store, ticket.id])
 */
export function pickUpAfterReload<Input, Output>(
  run: Run<Input, Output, never>,
  input: Input,
  options: PickUpOptions,
): () => void {
  const { page = browserPage, epochMs = Date.now } = options
  const fetch = options.fetch ?? ((...request) => globalThis.fetch(...request))
  const storage = options.storage ?? tabStorage()
  if (storage === null || page.origin === null) return () => {}
  return watch(run, input, options, { page, epochMs, fetch, storage })
}

interface Outside {
  readonly page: Page
  readonly epochMs: () => number
  readonly fetch: typeof globalThis.fetch
  readonly storage: NonNullable<PickUpOptions['storage']>
}

function watch<Input, Output>(
  run: Run<Input, Output, never>,
  input: Input,
  options: PickUpOptions,
  { page, epochMs, fetch, storage }: Outside,
): () => void {
  const key = `evenkeel.running ${JSON.stringify([run.reloading.scope, run.feature.id, options.entity])}`
  const left = new AbortController()
  let startedAtEpochMs = epochMs()
  let runId: string | null = null
  let isHandedOver = false

  const forget = () => storage.removeItem(key)

  /** On the way out: a page that lives on has nothing to note. */
  function write(): void {
    const url = run.reloading.resumeUrl
    if (url === null || runId === null) return
    try {
      storage.setItem(key, JSON.stringify({ runId, url, startedAtEpochMs } satisfies Note))
    } catch {
      // No room: the answer is not picked up, as if nobody had asked for it.
    }
  }

  function follow(): void {
    const { phase } = run.state
    if (phase === 'settled') forget()
    if (phase === 'idle' || run.state.runId === runId) return
    runId = run.state.runId
    startedAtEpochMs = epochMs()
  }

  async function pickUp(note: Note): Promise<void> {
    const url = ownUrl(note.url, page.origin)
    const { giveUpMs } = resolveBudget(run.feature.interaction, run.feature.budget)
    const ageMs = epochMs() - note.startedAtEpochMs
    if (url === null || ageMs < 0 || ageMs >= giveUpMs) return forget()
    const response = await fetch(url, {
      headers: { ...options.headers, accept: 'text/event-stream' },
      cache: 'no-store',
      signal: left.signal,
    })
    const isStream = /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')
    const isWanted = !left.signal.aborted && run.state.phase === 'idle'
    if (response.status !== 200 || !isStream || !isWanted) {
      if (!left.signal.aborted) forget()
      await response.body?.cancel()
      return
    }
    runId = note.runId
    startedAtEpochMs = note.startedAtEpochMs
    isHandedOver = true
    void run.reloading.goOn(input, {
      runId,
      startedAtEpochMs,
      fetch: handOver(response, () => left.abort(), fetch),
    })
  }

  const note = readNote(storage.getItem(key))
  const stops = [page.onHide(write), run.subscribe(follow)]
  follow()
  // Out of reach just now: the note stays, and the next load may have more luck.
  if (note !== null && run.state.phase === 'idle') void pickUp(note).catch(() => {})

  return () => {
    if (!isHandedOver) left.abort()
    for (const stop of stops) stop()
  }
}

/** A fetch that gives the answer which is here already, and asks for everything after it. */
function handOver(response: Response, abort: () => void, fetch: EarlierRun['fetch']): EarlierRun['fetch'] {
  let isGiven = false
  return (target, init) => {
    if (isGiven) return fetch(target, init)
    isGiven = true
    init?.signal?.addEventListener('abort', abort)
    return Promise.resolve(response)
  }
}

/** What was noted, where it is what we write. */
function readNote(text: string | null): Note | null {
  try {
    const { runId, url, startedAtEpochMs } = JSON.parse(text ?? '') as Partial<Note>
    const isRunId = typeof runId === 'string' && /^[0-9a-f]{32}$/.test(runId)
    return isRunId && typeof url === 'string' && Number.isInteger(startedAtEpochMs)
      ? { runId, url, startedAtEpochMs: startedAtEpochMs ?? 0 }
      : null
  } catch {
    return null
  }
}

function ownUrl(url: string, origin: string | null): string | null {
  try {
    const { href, origin: its } = new URL(url, origin ?? undefined)
    return its === origin ? href : null
  } catch {
    return null
  }
}

/** A page in a sandboxed frame throws at the mere mention of it. */
function tabStorage(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null
  } catch {
    return null
  }
}
