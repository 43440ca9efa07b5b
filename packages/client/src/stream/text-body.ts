import type { Body } from './body.ts'
import type { Emit } from './event.ts'
import { failed } from './provider-failure.ts'

/** Plain text: whatever comes is the answer. It cannot say that it is whole, so its end is not verified. */
export function createTextBody(emit: Emit): Body {
  let empty = true
  return {
    push(text) {
      if (text === '') return
      empty = false
      emit({ type: 'text', id: 'text', delta: text })
    },
    close() {
      if (empty) emit(failed('empty', 'The body was empty.'))
      else emit({ type: 'end', reason: null, rawReason: null, verified: false })
    },
    reconnect() {},
  }
}
