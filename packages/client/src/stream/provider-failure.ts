import type { Failure } from '@evenkeel/shared'
import type { StreamEvent } from './event.ts'
import { isObject } from './json-value.ts'

type Failed = Extract<StreamEvent, { type: 'failed' }>

/** A provider's code is a word, not a sentence: whatever looks like prose might carry content. */
const CODE = /^[\w.:/-]{1,64}$/

const FILTERS = new Set(['content_filter', 'content_policy_violation', 'refusal'])

/** What ends a stream that gave no answer, where no provider has a code for it. */
export function failed(failure: Failure, detail: string): Failed {
  return { type: 'failed', failure, code: null, detail }
}

/**
 * An error that the provider reported. Its message is not kept, because providers quote the request in
 * it; its code is what telemetry needs. A filter that reports itself as an error is a refusal all the same.
 */
export function providerFailure(error: unknown): Failed {
  const code = codeOf(error)
  if (code !== null && FILTERS.has(code)) return refusal(code)
  return {
    type: 'failed',
    failure: 'provider',
    code,
    detail: `The provider reported an error${code === null ? ' without a code' : `: ${code}`}.`,
  }
}

/** The model declined, as its protocol says; `code` is the protocol's own word. */
export function refusal(code: string): Failed {
  return { type: 'failed', failure: 'refusal', code, detail: `The model declined: ${code}.` }
}

/** The code of an error object, else its type, else the status that it names; an error may also be a bare code. */
export function codeOf(error: unknown): string | null {
  if (!isObject(error)) return word(error)
  return word(error.code) ?? word(error.type) ?? word(error.error_type) ?? word(error.status)
}

function word(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && CODE.test(text) ? text : null
}
