import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEventFramer } from './event-framer.ts'

const encoder = new TextEncoder()
const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

/** Sends these pieces through; gives what goes on, and the events that are kept. */
function frame(...pieces: readonly (string | Uint8Array)[]) {
  const framer = createEventFramer()
  const framed = pieces.map((piece) => framer.push(typeof piece === 'string' ? encoder.encode(piece) : piece))
  const rest = framer.rest()
  return {
    out: text(Buffer.concat(framed.map(({ bytes }) => bytes))),
    events: framed.flatMap(({ events }) => events.map(text)),
    rest: rest === null ? null : text(rest),
  }
}

describe('createEventFramer', () => {
  it('numbers events and changes nothing else', () => {
    expect(frame('data: a\n\nevent: x\ndata: b\ndata: c\n\n')).toEqual({
      out: 'id: 1\ndata: a\n\nid: 2\nevent: x\ndata: b\ndata: c\n\n',
      events: ['id: 1\ndata: a\n\n', 'id: 2\nevent: x\ndata: b\ndata: c\n\n'],
      rest: null,
    })
  })

  it.each([
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', 'id: 1\ndata: a\r\n\r\nid: 2\ndata: b\r\n\r\n'],
    ['CR', 'data: a\r\rdata: b\r\r', 'id: 1\ndata: a\r\rid: 2\ndata: b\r\r'],
    ['mixed', 'data: a\r\n\ndata: b\n\r\n', 'id: 1\ndata: a\r\n\nid: 2\ndata: b\n\r\n'],
  ])('knows lines that end in %s', (_name, body, out) => {
    expect(frame(body).out).toBe(out)
    expect(frame(...body).out).toBe(out)
  })

  it('leaves the end of the body as it was, because some look for it there', () => {
    expect(frame('data: a\n\ndata: [DONE]\n\n').out).toMatch(/data: \[DONE\]\n\n$/)
  })

  it('lets a comment through at once, without an id, and does not keep it', () => {
    expect(frame(': ping\n\n', 'data: a\n\n')).toMatchObject({
      out: ': ping\n\nid: 1\ndata: a\n\n',
      events: ['id: 1\ndata: a\n\n'],
    })
    expect(frame(': one\ndata: a\n\n').out).toBe(': one\nid: 1\ndata: a\n\n')
  })

  it.each([
    ['id: theirs\ndata: a\n\n', 'id: 1\nid: theirs\nid: 1\ndata: a\n\n'],
    ['data: a\nid: theirs\n\n', 'id: 1\ndata: a\nid: theirs\nid: 1\n\n'],
    ['data: a\r\nid\r\n\r\n', 'id: 1\ndata: a\r\nid\r\nid: 1\n\r\n'],
    ['data: a\nid:1\n: c\ndata: b\n\n', 'id: 1\ndata: a\nid:1\n: c\nid: 1\ndata: b\n\n'],
    ['idea: a\ndata: b\n\n', 'id: 1\nidea: a\ndata: b\n\n'],
  ])('stands again after an id of the event itself, so that ours counts: %j', (body, out) => {
    expect(frame(body).out).toBe(out)
    expect(frame(...body).out).toBe(out)
  })

  it('stands behind a byte order mark', () => {
    expect(frame('\ufeffdata: a\n\n').out).toBe('\ufeffid: 1\ndata: a\n\n')
  })

  it('passes half an event on before the rest is there', () => {
    const framer = createEventFramer()
    const { bytes, events } = framer.push(encoder.encode('data: hal'))
    expect([text(bytes), events, framer.openBytes]).toEqual(['id: 1\ndata: hal', [], 15])
  })

  it('keeps a last event without its blank line apart', () => {
    expect(frame('data: a\n\ndata: b').rest).toBe('id: 2\ndata: b')
    expect(frame('data: a\n\n: bye\n').rest).toBeNull()
  })

  it('goes on numbering when it has let go, and puts nothing together', () => {
    const framer = createEventFramer()
    framer.push(encoder.encode('data: a\n\ndata: b'))
    framer.letGo()
    const { bytes, events } = framer.push(encoder.encode('\n\ndata: c'))
    expect([text(bytes), events, framer.openBytes]).toEqual(['\n\nid: 3\ndata: c', [], 0])
  })

  it('keeps its own copy of the bytes', () => {
    const framer = createEventFramer()
    const half = encoder.encode('data: a\n')
    framer.push(half)
    half.fill(0)
    expect(framer.push(encoder.encode('\n')).events.map(text)).toEqual(['id: 1\ndata: a\n\n'])
  })

  it('does the same however the bytes are cut, and the ids are all it adds', () => {
    const line = fc.constantFrom(
      'data: x',
      'data:',
      'data',
      'event: e',
      ': ping',
      'datax: 1',
      'data: ü🙂',
      '',
    )
    const end = fc.constantFrom('\n', '\r\n', '\r')
    const bodies = fc
      .array(fc.tuple(line, end), { maxLength: 30 })
      .map((lines) => lines.map(([content, eol]) => content + eol).join(''))
    fc.assert(
      fc.property(bodies, fc.array(fc.nat({ max: 400 }), { maxLength: 8 }), (body, cuts) => {
        const bytes = encoder.encode(body)
        const at = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]
        const pieces = at.slice(1).map((cut, index) => bytes.slice(at[index], cut))
        const whole = frame(bytes)
        expect(frame(...pieces)).toEqual(whole)
        expect(whole.out.replace(/id: \d+\n/g, '')).toBe(body)
        const ids = [...whole.out.matchAll(/id: (\d+)\n/g)].map(([, id]) => Number(id))
        expect(ids).toEqual(ids.map((_id, index) => index + 1))
        expect(whole.events.length + (whole.rest === null ? 0 : 1)).toBe(ids.length)
      }),
      { numRuns: 300 },
    )
  })
})
