import { expect, it } from 'vitest'
import { readEvaluation } from './evaluation.ts'

const BASE = 'https://app.example/evenkeel'
const streamUrl = (eventStreams: unknown) =>
  readEvaluation({ flags: [], eventStreams }, '"1"', BASE)?.streamUrl

it('an evaluation is its flags, its etag and where its changes are told', () => {
  expect(readEvaluation({ flags: [1], evaluatedAt: 7 }, '"1"', BASE)).toEqual({
    etag: '"1"',
    flags: [1],
    evaluatedAt: 7,
    streamUrl: null,
  })
})

it.each([null, 7, {}, { flags: {} }, { flags: 'all' }])('%j is none', (value) => {
  expect(readEvaluation(value, '"1"', BASE)).toBeNull()
})

it('without an etag it is none, because nobody could tell it from the next', () => {
  expect(readEvaluation({ flags: [] }, null, BASE)).toBeNull()
})

it('the stream is found in each form that OFREP has', () => {
  expect(streamUrl([{ type: 'sse', url: 'https://flags.example/e' }])).toBe('https://flags.example/e')
  expect(streamUrl([{ type: 'sse', url: '/e' }])).toBe('https://app.example/e')
  expect(streamUrl([{ type: 'sse', endpoint: { requestUri: '/e?x=1' } }])).toBe('https://app.example/e?x=1')
  const elsewhere = { origin: 'https://flags.example', requestUri: '/e' }
  expect(streamUrl([{ type: 'smoke' }, { type: 'sse', endpoint: elsewhere }])).toBe('https://flags.example/e')
})

it.each([[undefined], ['sse'], [[]], [[{ type: 'sse' }]], [[{ type: 'sse', url: 'http://[' }]], [[null]]])(
  '%j names no stream',
  (streams) => {
    expect(streamUrl(streams)).toBeNull()
  },
)
