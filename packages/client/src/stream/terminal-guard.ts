import type { Emit, StreamEvent } from './event.ts'

/** Lets exactly one terminal event through, and nothing after it. */
export interface TerminalGuard {
  readonly emit: Emit
  readonly settled: boolean
}

export function createTerminalGuard(emit: Emit): TerminalGuard {
  let settled = false
  return {
    emit(event: StreamEvent) {
      if (settled) return
      settled = event.type === 'end' || event.type === 'failed'
      emit(event)
    },
    get settled() {
      return settled
    },
  }
}
