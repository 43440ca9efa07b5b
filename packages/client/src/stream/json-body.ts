import type { Body } from './body.ts'
import type { Emit, StreamEvent } from './event.ts'
import { asObject } from './json-value.ts'
import { failed, providerFailure } from './provider-failure.ts'

/** One JSON document. It is no stream, but it may say why there is none. */
export function createJsonBody(emit: Emit, maxEventLength: number): Body {
  let text = ''

  function failure(): StreamEvent {
    if (text.trim() === '') {
      return failed('empty', 'The body was empty.')
    }
    try {
      const document = asObject(JSON.parse(text))
      if (document?.error) return providerFailure(document.error)
    } catch {
      return notAStream('The body claims to be JSON and is not')
    }
    return notAStream('The body is one JSON document')
  }

  return {
    push(piece) {
      text += piece
      if (text.length > maxEventLength) emit(notAStream('The body is one long JSON document'))
    },
    close() {
      emit(failure())
    },
    reconnect() {
      text = ''
    },
  }
}

function notAStream(what: string): StreamEvent {
  return failed(
    'protocol',
    `${what}, not a stream. Let the endpoint stream its answer, or send it as text/plain.`,
  )
}
