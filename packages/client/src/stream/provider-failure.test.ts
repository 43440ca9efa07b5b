import { describe, expect, it } from 'vitest'
import { codeOf, providerFailure } from './provider-failure.ts'

describe('codeOf', () => {
  it.each([
    [{ code: 'overloaded', type: 'server_error' }, 'overloaded'],
    [{ code: null, type: 'server_error' }, 'server_error'],
    [{ code: 502 }, '502'],
    [{ error_type: 'validation' }, 'validation'],
    [{ status: 'UNAVAILABLE' }, 'UNAVAILABLE'],
    ['rate_limit_exceeded', 'rate_limit_exceeded'],
    [{ message: 'no code at all' }, null],
    ['a sentence, as Ollama sends it', null],
    [{ code: 'x'.repeat(65) }, null],
    [null, null],
    [{ code: {} }, null],
  ])('of %j is %j', (error, expected) => {
    expect(codeOf(error)).toBe(expected)
  })
})

describe('providerFailure', () => {
  it('calls a filter that reports itself as an error a refusal', () => {
    expect(providerFailure({ code: 'content_filter' })).toMatchObject({
      failure: 'refusal',
      code: 'content_filter',
    })
  })

  it('keeps the code and never the message, which may quote the request', () => {
    const failure = providerFailure({ code: 'bad_request', message: 'Your text "secret" is too long.' })
    expect(failure).toEqual({
      type: 'failed',
      failure: 'provider',
      code: 'bad_request',
      detail: 'The provider reported an error: bad_request.',
    })
  })
})
