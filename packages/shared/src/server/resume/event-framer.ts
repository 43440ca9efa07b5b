/** What became of a piece of a body. */
export interface Framed {
  /** The piece with the ids of its events in it. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The events that it completes, each with its id. */
  readonly events: readonly Uint8Array[]
}

/** Gives the events of a stream their ids as they pass by. */
export interface EventFramer {
  push(chunk: Uint8Array): Framed
  /** The event that the end of the body left without its blank line; `null` where none was open. */
  rest(): Uint8Array | null
  /** Bytes of the event that is still open. */
  readonly openBytes: number
  /** From now on ids are given, and no event is put together. */
  letGo(): void
}

const LF = 10
const CR = 13
const COLON = 0x3a
const ID = new TextEncoder().encode('id')
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]
const encoder = new TextEncoder()

/**
 * Adds `id: 1`, `id: 2`, … to the events of a body of server-sent events, and changes no other byte. The
 * id is the event's first line, and stands again after one that the event has itself, because the last
 * one counts. A comment alone, which keeps the connection open, is no event. Bytes go on as they come:
 * nothing waits for the end of an event.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function createEventFramer(): EventFramer {
  let position = 0
  let isKeeping = true
  /** Pieces of the open event. */
  let open: Uint8Array[] = []
  let openBytes = 0
  /** The open event has begun: more than comments came. */
  let isEvent = false
  let needsId = true
  /** Bytes of the line so far. */
  let lineLength = 0
  /** How much of `id` the line begins with; -1 where it begins with something else. */
  let matched = 0
  let isOwnId = false
  let afterCr = false
  let marksLeft = BYTE_ORDER_MARK.length

  function keep(piece: Uint8Array): void {
    if (!isKeeping || piece.length === 0) return
    // A copy: the source may use its buffer again.
    open.push(piece.slice())
    openBytes += piece.length
  }

  function take(): Uint8Array {
    const event = concat(open, openBytes)
    forget()
    return event
  }

  function forget(): void {
    open = []
    openBytes = 0
    isEvent = false
    needsId = true
  }

  /** One byte of a line's content; tells whether the id belongs before it. */
  function read(byte: number): boolean {
    if (marksLeft > 0) {
      if (byte === BYTE_ORDER_MARK[BYTE_ORDER_MARK.length - marksLeft]) {
        marksLeft -= 1
        return false
      }
      marksLeft = 0
    }
    lineLength += 1
    if (matched >= ID.length) {
      // `id:`, or the bare field name; `idea:` is a field that nobody knows.
      isOwnId = byte === COLON
      matched = -1
    } else if (matched >= 0) matched = byte === ID[matched] ? matched + 1 : -1
    return lineLength === 1 && byte !== COLON && needsId
  }

  return {
    push(chunk) {
      const out: Uint8Array[] = []
      const events: Uint8Array[] = []
      let sent = 0
      let kept = 0
      const addId = (index: number) => {
        if (!isEvent) position += 1
        isEvent = true
        needsId = false
        const id = encoder.encode(`id: ${position}\n`)
        out.push(chunk.subarray(sent, index), id)
        sent = index
        keep(chunk.subarray(kept, index))
        keep(id)
        kept = index
      }
      for (let index = 0; index < chunk.length; index += 1) {
        const byte = chunk[index] ?? 0
        if (byte !== LF && byte !== CR) {
          if (read(byte)) addId(index)
          afterCr = false
          continue
        }
        const isSecondHalf = byte === LF && afterCr
        afterCr = byte === CR
        if (isSecondHalf) continue
        marksLeft = 0
        if (lineLength > 0) needsId ||= isOwnId || matched === ID.length
        else {
          if (isEvent && needsId) addId(index)
          keep(chunk.subarray(kept, index + 1))
          kept = index + 1
          if (isEvent && isKeeping) events.push(take())
          else forget()
        }
        lineLength = 0
        matched = 0
        isOwnId = false
      }
      out.push(chunk.subarray(sent))
      keep(chunk.subarray(kept))
      return { bytes: concat(out), events }
    },
    rest: () => (isEvent ? take() : null),
    get openBytes() {
      return openBytes
    },
    letGo() {
      isKeeping = false
      open = []
      openBytes = 0
    },
  }
}

function concat(
  pieces: readonly Uint8Array[],
  length = pieces.reduce((sum, piece) => sum + piece.length, 0),
): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
