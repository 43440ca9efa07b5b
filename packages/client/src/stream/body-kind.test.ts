import { describe, expect, it } from 'vitest'
import { bodyKind } from './body-kind.ts'

const kind = (type: string | null, prefix: string, ended = false, named?: string) =>
  bodyKind({ named, headers: new Headers(type === null ? {} : { 'content-type': type }) }, prefix, ended)

describe('bodyKind', () => {
  it.each([
    ['text/event-stream', 'data: x', 'sse'],
    ['text/event-stream; charset=utf-8', ': hi', 'sse'],
    ['TEXT/EVENT-STREAM', 'x', 'sse'],
    ['application/x-ndjson', '{', 'lines'],
    ['application/jsonl', '{', 'lines'],
    ['application/stream+json', '{', 'lines'],
    ['text/plain', '', 'text'],
    ['text/markdown', '# Hi', 'text'],
    ['application/json', '{', 'json'],
    ['application/problem+json', '{', 'json'],
    ['text/html; charset=utf-8', '', 'html'],
  ])('takes %s at its word', (type, prefix, expected) => {
    expect(kind(type, prefix)).toBe(expected)
  })

  it.each([
    ['data: {', 'sse'],
    ['event: x', 'sse'],
    [': hello', 'sse'],
    ['{"text"', 'lines'],
    ['Hello', 'text'],
    ['<!doctype html>', 'html'],
    ['<HTML lang="en">', 'html'],
  ])('looks at the first characters without a type: %s', (prefix, expected) => {
    expect(kind(null, prefix)).toBe(expected)
  })

  it('waits where the first characters do not tell yet', () => {
    for (const prefix of ['', '  \n', 'da', 'data', 'ev', '<', '<!doc']) expect(kind(null, prefix)).toBeNull()
  })

  it('waits no longer than a field name takes', () => {
    expect(kind(null, 'dance')).toBe('text')
    expect(kind(null, `<${'x'.repeat(80)}`)).toBe('text')
    expect(kind(null, ' '.repeat(2000))).toBe('text')
  })

  it('decides at the end of the body, whatever it has', () => {
    expect(kind(null, '', true)).toBe('text')
    expect(kind(null, 'data', true)).toBe('text')
    expect(kind('text/event-stream', '', true)).toBe('sse')
  })

  it('does not believe a page that claims to be a stream', () => {
    expect(kind('text/event-stream', '\n<!doctype html>')).toBe('html')
    expect(kind('application/json', '<html>')).toBe('html')
  })

  it.each(['image/png', 'audio/mpeg', 'video/mp4', 'application/pdf', 'application/zip'])(
    'does not read a file as words: %s',
    (type) => {
      expect(kind(type, '')).toBe('file')
      expect(kind(type, '\ufffdPNG')).toBe('file')
      // A step that names a protocol knows its server.
      expect(kind(type, 'data: x', false, 'anthropic')).toBe('sse')
    },
  )

  it('looks at the first characters of a type that says nothing', () => {
    expect(kind('application/octet-stream', 'data: x')).toBe('sse')
  })

  it('takes the name that the step gives over the type', () => {
    expect(kind('application/octet-stream', 'x', false, 'anthropic')).toBe('sse')
    expect(kind('application/octet-stream', '{', false, 'ndjson')).toBe('lines')
    expect(kind('text/event-stream', 'data: x', false, 'text')).toBe('text')
    expect(kind('application/x-ndjson', '{', false, 'ollama')).toBe('lines')
  })
})
