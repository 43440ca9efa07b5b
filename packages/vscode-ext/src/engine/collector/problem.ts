import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ErrorAnswer } from '../contract.ts'

/** A request that cannot be served: the status and what the asker reads. */
export class Problem extends Error {
  readonly status: ContentfulStatusCode
  readonly hint: string

  constructor(status: ContentfulStatusCode, message: string, hint: string) {
    super(message)
    this.name = 'Problem'
    this.status = status
    this.hint = hint
  }

  /** `message` repeats `error` because OTLP exporters log that field of a refusal. */
  answer(): ErrorAnswer & { readonly message: string } {
    return { error: this.message, hint: this.hint, message: `${this.message} ${this.hint}` }
  }
}
