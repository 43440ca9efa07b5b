/** The part of a `BroadcastChannel` that is used. */
export interface Channel {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  close(): void
}

/** A place in a queue of tabs, of which one at a time has its turn. */
export interface Queue {
  /** Asks for the turn; `onTurn` is called once it has come. Returns the end of the turn, or of the wait for it. */
  join(onTurn: () => void): () => void
}

/** The part of an `EventSource` that is used. */
export interface Stream {
  close(): void
}

/** What flags need of the browser; the one place that tests replace. */
export interface Outside {
  readonly fetch: typeof globalThis.fetch
  /** `null` where the browser has none; then each tab is for itself. */
  openChannel(name: string): Channel | null
  /** `null` where the browser has no locks, as on a page without TLS; then nobody holds a stream, and all poll. */
  queue(name: string): Queue | null
  /** `onClosed` is called where the browser gave the stream up; it reconnects by itself before. */
  openStream(url: string, onMessage: (data: string) => void, onClosed: () => void): Stream | null
  readonly storage: { read(): string | null; write(text: string): void }
  isVisible(): boolean
  /** Called when the tab is shown or hidden, and when its page is left or put away; returns the unsubscribe. */
  onVisibility(listener: (tab: 'shown' | 'hidden' | 'away') => void): () => void
  setTimeout(callback: () => void, delayMs: number): () => void
  nowMs(): number
  /** From 0 to 1. */
  random(): number
}

const STORAGE_KEY = 'evenkeel.flags'

export const browserOutside: Outside = {
  fetch: (...request) => globalThis.fetch(...request),
  openChannel(name) {
    if (typeof BroadcastChannel === 'undefined') return null
    const channel = new BroadcastChannel(name)
    return {
      post: (message) => channel.postMessage(message),
      onMessage(listener) {
        channel.onmessage = ({ data }) => listener(data)
      },
      close: () => channel.close(),
    }
  },
  queue(name) {
    if (globalThis.navigator?.locks === undefined) return null
    return {
      join(onTurn) {
        const waiting = new AbortController()
        let finish = () => {}
        const turn = new Promise<void>((resolve) => {
          finish = resolve
        })
        navigator.locks
          .request(name, { signal: waiting.signal }, () => {
            // It came at the very moment of leaving.
            if (waiting.signal.aborted) return
            onTurn()
            return turn
          })
          // Left before its turn, or locks are forbidden here; then this tab polls.
          .catch(() => {})
        return () => {
          finish()
          waiting.abort()
        }
      },
    }
  },
  openStream(url, onMessage, onClosed) {
    if (typeof EventSource === 'undefined') return null
    const source = new EventSource(url)
    source.onmessage = ({ data }) => onMessage(String(data))
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) onClosed()
    }
    return source
  },
  storage: {
    // A browser may forbid the very look at it.
    read() {
      try {
        return localStorage.getItem(STORAGE_KEY)
      } catch {
        return null
      }
    },
    write(text) {
      try {
        localStorage.setItem(STORAGE_KEY, text)
      } catch {
        // Then the next page starts with the defaults.
      }
    },
  },
  isVisible: () => document.visibilityState === 'visible',
  onVisibility(listener) {
    const look = () => listener(document.visibilityState === 'visible' ? 'shown' : 'hidden')
    // A page that holds a stream or a lock cannot be kept for the way back.
    const leave = () => listener('away')
    document.addEventListener('visibilitychange', look)
    addEventListener('pageshow', look)
    addEventListener('pagehide', leave)
    return () => {
      document.removeEventListener('visibilitychange', look)
      removeEventListener('pageshow', look)
      removeEventListener('pagehide', leave)
    }
  },
  setTimeout(callback, delayMs) {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
  nowMs: () => performance.now(),
  random: Math.random,
}
