import type { Body } from './body.ts'
import { isWholeMessage } from './json-value.ts'
import type { MessageRouter } from './message-router.ts'
import { failed } from './provider-failure.ts'

/** JSON text sequences (RFC 7464) begin each line with this. */
const RECORD_SEPARATOR = 0x1e

/** One JSON value a line. A line is kept in pieces until it ends, so that a long one costs no more for coming slowly. */
export function createLinesBody(router: MessageRouter, maxEventLength: number): Body {
  let pieces: string[] = []
  let length = 0

  function take(): string {
    const line = pieces.length === 1 ? (pieces[0] ?? '') : pieces.join('')
    pieces = []
    length = 0
    return line.charCodeAt(0) === RECORD_SEPARATOR ? line.slice(1) : line
  }

  /** False where the line is too long; the reader has ended then. */
  function keep(piece: string): boolean {
    pieces.push(piece)
    length += piece.length
    if (length <= maxEventLength) return true
    pieces = []
    length = 0
    router.emit(failed('protocol', `A line is longer than ${maxEventLength} characters (maxEventLength).`))
    return false
  }

  return {
    push(text) {
      let start = 0
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
        if (!keep(text.slice(start, end))) return
        router.route(take().trim(), undefined)
        start = end + 1
      }
      if (start < text.length) keep(text.slice(start))
    },
    close() {
      const line = take().trim()
      // The last line may lack its line break; what the end of the body cut is not JSON.
      if (line !== '' && isWholeMessage(line)) router.route(line, undefined)
      router.close()
    },
    settle: router.settle,
    reconnect() {
      take()
    },
  }
}
