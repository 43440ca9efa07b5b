import type { Outside } from './outside.ts'

/** Sees to it that of all tabs one holds the event stream, and that it is one that somebody looks at. */
export interface StreamHolder {
  /** Where the stream is, once that is known; it may change. */
  point(url: string | null): void
  /** Another tab, one that somebody looks at, would like to hold it. */
  onWanted(): void
  close(): void
}

export interface StreamHolderOptions {
  /** The same for the tabs that share a stream. */
  readonly name: string
  onMessage(data: string): void
  /** Tells the other tabs that this one would like to hold the stream. */
  want(): void
}

/** A stream that the browser gave up is tried again after this time; flags are polled meanwhile. */
const AGAIN_AFTER_MS = 5_000

/**
 * A browser has six connections to a server of HTTP/1.1, for all of its tabs together. If each tab held
 * a stream, the seventh could not even ask for an answer.
 */
export function createStreamHolder(options: StreamHolderOptions, outside: Outside): StreamHolder {
  const queue = outside.queue(options.name)
  let url: string | null = null
  let leave: (() => void) | null = null
  let hasTurn = false
  let close = () => {}

  function open(): void {
    close()
    if (!hasTurn || url === null) return
    let cancelRetry = () => {}
    const stream = outside.openStream(url, options.onMessage, () => {
      cancelRetry = outside.setTimeout(open, AGAIN_AFTER_MS)
    })
    close = () => {
      cancelRetry()
      stream?.close()
      close = () => {}
    }
  }

  function join(): void {
    if (queue === null || leave !== null || url === null) return
    const end = queue.join(() => {
      hasTurn = true
      open()
    })
    leave = () => {
      leave = null
      hasTurn = false
      close()
      end()
    }
    // A hidden tab that has the turn keeps it for as long as nobody else wants it.
    if (!hasTurn) options.want()
  }

  const stopListening = outside.onVisibility((tab) => {
    if (tab === 'shown') join()
    else if (tab === 'away' || !hasTurn) leave?.()
  })
  return {
    point(next) {
      if (next === url || next === null) return
      url = next
      if (outside.isVisible()) join()
      open()
    },
    onWanted() {
      if (hasTurn && !outside.isVisible()) leave?.()
    },
    close() {
      stopListening()
      leave?.()
    },
  }
}
