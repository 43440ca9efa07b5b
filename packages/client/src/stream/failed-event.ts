import type { Failure } from '@evenkeel/shared'
import type { StreamEvent } from './event.ts'

/** What ends a stream that gave no answer, where no provider has a code for it. */
export function failed(failure: Failure, detail: string): StreamEvent {
  return { type: 'failed', failure, code: null, detail }
}
