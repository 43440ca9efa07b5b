import { describe, expect, it } from 'vitest'
import { createReader } from './create-reader.ts'
import type { StreamEvent } from './event.ts'
import { preloadProtocols } from './protocols.ts'
import { joinDeltas } from './read-body.ts'

const encoder = new TextEncoder()

function open() {
  const events: StreamEvent[] = []
  const reader = createReader(
    { status: 200, headers: new Headers({ 'content-type': 'text/event-stream' }) },
    (event) => events.push(event),
  )
  return { events, reader, push: (text: string) => reader.push(encoder.encode(text)) }
}

const say = (id: string | null, delta: string) =>
  `${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify({ type: 'text-delta', id: '0', delta })}\n\n`
const FINISH = 'id: 9\ndata: {"type":"finish"}\n\n'

describe('a stream that goes on over another connection', () => {
  it('tells the id of the last whole event', () => {
    const { reader, push } = open()
    expect(reader.lastEventId).toBeNull()
    push(`${say('1', 'a')}${say('2', 'b')}id: 3\ndata: {"ty`)
    expect(reader.lastEventId).toBe('2')
  })

  it('goes on after half an event, which the other connection sends again', () => {
    const { reader, events, push } = open()
    push(`${say('1', 'Hel')}id: 2\ndata: {"type":"text-de`)
    reader.reconnect()
    push(say('2', 'lo') + FINISH)
    reader.close()
    expect(joinDeltas(events, 'text')).toBe('Hello')
    expect(events.at(-1)).toMatchObject({ type: 'end' })
  })

  it('goes on after half a character', () => {
    const { reader, events, push } = open()
    const bytes = encoder.encode(say('1', '🙂'))
    push(say('0', 'Hi '))
    reader.push(bytes.slice(0, bytes.indexOf(0xf0) + 2))
    reader.reconnect()
    reader.push(bytes)
    push(FINISH)
    reader.close()
    expect(joinDeltas(events, 'text')).toBe('Hi 🙂')
  })

  it('drops what a server sends again from the start', () => {
    const { reader, events, push } = open()
    push(say('1', 'Hel') + say('2', 'lo'))
    reader.reconnect()
    push(say('1', 'Hel') + say('2', 'lo') + say('3', ' there') + FINISH)
    reader.close()
    expect(joinDeltas(events, 'text')).toBe('Hello there')
  })

  it('drops nothing where a server gives every event the same id', () => {
    const { reader, events, push } = open()
    push(say('x', 'Hel') + say('x', 'lo'))
    reader.reconnect()
    push(`${say('x', ' there')}id: x\ndata: {"type":"finish"}\n\n`)
    reader.close()
    expect(joinDeltas(events, 'text')).toBe('Hello there')
    expect(events.at(-1)).toMatchObject({ type: 'end' })
  })

  it('drops nothing within one connection', () => {
    const { reader, events, push } = open()
    push(say('1', 'ha') + say('1', 'ha') + FINISH)
    reader.close()
    expect(joinDeltas(events, 'text')).toBe('haha')
  })

  it('goes on in lines too', async () => {
    await preloadProtocols('ndjson')
    const events: StreamEvent[] = []
    const headers = new Headers({ 'content-type': 'application/x-ndjson' })
    const reader = createReader({ status: 200, headers }, (event) => events.push(event))
    reader.push(encoder.encode('{"text":"Hel"}\n{"text":"l'))
    reader.reconnect()
    reader.push(encoder.encode('{"text":"lo"}\n{"done":true}\n'))
    reader.close()
    expect(joinDeltas(events, 'text')).toBe('Hello')
    expect(events.at(-1)).toMatchObject({ type: 'end' })
  })
})
