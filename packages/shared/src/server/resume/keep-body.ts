import { createEventFramer } from './event-framer.ts'
import type { AnswerKey, ResumeStore } from './resume-store.ts'

/** What may befall a body that is kept. */
export interface KeptBodyWatcher {
  /** Nobody reads it any more and nobody will: the work for it can stop. */
  onAbandoned(reason: unknown): void
  /** It broke at its source. */
  onError(error: unknown): void
}

export interface KeptBodyOptions {
  readonly store: ResumeStore
  readonly key: AnswerKey
  /** How long the answer is written on while nobody reads it. */
  readonly graceMs: number
  /** Fires where the kill switch is thrown: from then on nobody is given the answer again. */
  readonly killed: AbortSignal
}

/** A body on its way to the browser and into the store. */
export interface KeptBody {
  readonly stream: ReadableStream<Uint8Array>
  /** The store let go of the answer; `ResumeStore.begin` takes this as `onDropped`. */
  onDropped(): void
}

/** An event longer than this is not kept: no client reads it. */
const MAX_EVENT_BYTES = 16 * 1024 * 1024

/**
 * The body with ids on its events, written into the store as it passes by. While the browser reads it,
 * the source feels the browser's pace. When the browser is gone, the source is read on into the store,
 * until it ends or has been read by nobody for `graceMs`.
 */
export function keepBody(
  source: ReadableStream<Uint8Array>,
  options: KeptBodyOptions,
  watcher: KeptBodyWatcher,
): KeptBody {
  const { store, key, graceMs, killed } = options
  const reader = source.getReader()
  const framer = createEventFramer()
  let browser: ReadableStreamDefaultController<Uint8Array> | null = null
  let leftAtMs: number | null = null
  let isKept = true
  let isOver = false
  let graceTimer: ReturnType<typeof setTimeout> | undefined
  /** What is being read; pieces are handled one after the other, whoever asked for them. */
  let inHand: Promise<boolean> | null = null

  /** Passes on one piece; false after the last one. */
  async function step(): Promise<boolean> {
    try {
      const { done, value } = await reader.read()
      if (isOver) return false
      if (done) {
        const rest = framer.rest()
        if (rest !== null) await keep([rest])
        await finish('complete')
        browser?.close()
        return false
      }
      const { bytes, events } = framer.push(value)
      if (framer.openBytes > MAX_EVENT_BYTES) await letGo()
      // The store first: what a browser has seen can be left out when it asks for the rest.
      await keep(events)
      browser?.enqueue(bytes)
      return !isOver
    } catch (error) {
      if (isOver) return false
      watcher.onError(error)
      await finish('broken')
      browser?.error(error)
      return false
    }
  }

  async function keep(events: readonly Uint8Array[]): Promise<void> {
    if (!isKept || events.length === 0) return
    // A store that fails takes nothing from the browser that is still there.
    const isStored = await attempt(() => store.append(key, events))
    if (isStored !== true) onDropped()
  }

  async function letGo(): Promise<void> {
    await attempt(() => store.drop(key))
    onDropped()
  }

  function onKilled(): void {
    if (isOver || !isKept) return
    // What passes by from now on, the word that the feature is off among it, is only for who reads it now.
    onDropped()
    void attempt(() => store.drop(key))
  }

  function onDropped(): void {
    if (!isKept) return
    isKept = false
    framer.letGo()
    if (leftAtMs !== null) abandon('The answer is kept no longer, and nobody reads it.')
  }

  async function finish(how: 'complete' | 'broken'): Promise<void> {
    isOver = true
    clearTimeout(graceTimer)
    killed.removeEventListener('abort', onKilled)
    if (isKept) await attempt(() => store.end(key, how))
  }

  async function attempt<Result>(work: () => Result | Promise<Result>): Promise<Result | null> {
    try {
      return await work()
    } catch (error) {
      watcher.onError(error)
      return null
    }
  }

  function abandon(reason: unknown): void {
    if (isOver) return
    isOver = true
    clearTimeout(graceTimer)
    killed.removeEventListener('abort', onKilled)
    watcher.onAbandoned(reason)
    reader.cancel(reason).catch(() => {})
    if (isKept) void attempt(() => store.drop(key))
  }

  /** Looks when the grace would be over whether somebody has read meanwhile. */
  function waitForReader(delayMs: number): void {
    graceTimer = setTimeout(async () => {
      const leftMs = performance.now() - (leftAtMs ?? 0)
      const idleMs = Math.min(leftMs, (await attempt(() => store.idleMs(key))) ?? leftMs)
      if (isOver) return
      if (idleMs < graceMs) waitForReader(graceMs - idleMs)
      else abandon(`Nobody came back for the answer in ${graceMs} ms.`)
    }, delayMs)
  }

  function next(): Promise<boolean> {
    inHand = (inHand ?? Promise.resolve(true)).then((goesOn) => goesOn && step())
    return inHand
  }

  async function readOn(): Promise<void> {
    while (await next());
  }

  if (killed.aborted) onKilled()
  else killed.addEventListener('abort', onKilled)

  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        browser = controller
      },
      async pull() {
        await next()
      },
      cancel(reason) {
        browser = null
        if (isOver) return
        if (!isKept) return abandon(reason)
        leftAtMs = performance.now()
        waitForReader(graceMs)
        void readOn()
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, onDropped }
}
