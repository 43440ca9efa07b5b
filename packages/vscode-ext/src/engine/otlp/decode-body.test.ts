import { describe, expect, it } from 'vitest'
import { decoderOf } from './decode-body.ts'

describe('decoderOf', () => {
  it.each([
    ['application/json', true],
    ['application/json; charset=utf-8', true],
    ['APPLICATION/JSON ;x=y', true],
    ['application/jsonp', false],
    ['text/json', false],
    ['toString', false],
    ['', false],
    [undefined, false],
  ])('knows %j: %s', (contentType, known) => {
    expect(typeof decoderOf(contentType) === 'function').toBe(known)
  })
})
