import { describe, expect, it } from 'vitest'
import { readPageMessage } from './page-message.ts'

describe('a message of a page', () => {
  it.each([
    { type: 'ask', id: 1, path: '/v1/questions/run', query: { runId: 'a' } },
    { type: 'openRun', runId: 'a' },
    { type: 'revealFeature', feature: 'draft-reply' },
    { type: 'copy', text: '' },
  ])('is read: %o', (message) => {
    expect(readPageMessage(message)).toEqual(message)
  })

  it.each([
    null,
    undefined,
    'ask',
    [],
    {},
    { type: 'eval', text: 'x' },
    { type: 'ask', id: '1', path: '/', query: {} },
    { type: 'ask', id: 1, path: '/' },
    { type: 'ask', id: 1, path: '/', query: { limit: 5 } },
    { type: 'ask', id: 1, path: '/', query: null },
    { type: 'openRun' },
    { type: 'revealFeature', feature: 1 },
    { type: 'copy', text: {} },
  ])('is nothing where it has another form: %o', (data) => {
    expect(readPageMessage(data)).toBeNull()
  })
})
