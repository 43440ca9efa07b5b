import { type Row, sse } from '../row.ts'

const say = (delta: string) => ({ type: 'text-delta', id: '0', delta })
const start = { type: 'start' }
const finish = { type: 'finish', finishReason: 'stop' }
const before = sse(start, say('Hi'))
const after = sse(say(' there'), finish, '[DONE]')
const MIB = 1024 * 1024

/** An event of 10 MB, as one line, as many lines, and as one that never ends. */
const huge = 'x'.repeat(10 * MIB)

export const hostileRows: readonly Row[] = [
  {
    name: 'an event of 10 MB',
    body: before + sse(say(huge)) + after,
    expect: { text: 'Hi', ending: 'protocol' },
  },
  {
    name: 'an event of 10 MB in many lines',
    body: `${before}${`data: ${'x'.repeat(1000)}\n`.repeat(10_000)}\n${after}`,
    expect: { text: 'Hi', ending: 'protocol' },
  },
  {
    name: 'an event of 10 MB that never ends',
    body: `${before}data: "${huge}`,
    expect: { text: 'Hi', ending: 'protocol', early: true },
  },
  {
    name: 'a comment of 10 MB',
    body: `${before}: ${huge}\n\n${after}`,
    expect: { text: 'Hi', ending: 'protocol' },
  },
  {
    name: 'an event name of 10 MB',
    body: `${before}event: ${huge}\ndata: {}\n\n${after}`,
    expect: { text: 'Hi', ending: 'protocol' },
  },
  {
    name: 'an event id of 10 MB',
    body: `${before}id: ${huge}\ndata: {}\n\n${after}`,
    expect: { text: 'Hi', ending: 'protocol' },
  },
  {
    name: 'an event as long as it may be',
    body: before + sse(say('y'.repeat(1000 - JSON.stringify(say('')).length))) + after,
    maxEventLength: 1000,
    expect: { text: `Hi${'y'.repeat(1000 - JSON.stringify(say('')).length)} there`, ending: 'end stop' },
  },
  {
    name: 'an event longer than that by one',
    body: before + sse(say('y'.repeat(1001 - JSON.stringify(say('')).length))) + after,
    maxEventLength: 1000,
    expect: { text: 'Hi', ending: 'protocol' },
  },
  {
    name: 'an event that is no JSON',
    body: `${before}data: {"type":\n\n${after}`,
    expect: { text: 'Hi', ending: 'protocol' },
  },
  {
    name: 'an unnamed event of words',
    body: `${before}data: hello\n\n${after}`,
    expect: { text: 'Hi', ending: 'protocol' },
  },
  {
    name: 'a named event of words',
    body: `${before}event: farewell\ndata: hello\n\n${after}`,
    expect: { text: 'Hi there', ending: 'end stop', unknown: 1 },
  },
  {
    name: 'events that are JSON but no objects',
    body: `${before}${sse('null', '1', '"text"', '[]', 'true')}${after}`,
    expect: { text: 'Hi there', ending: 'end stop', unknown: 5 },
  },
  {
    name: 'events without data, and with empty data',
    body: `${before}event: x\n\ndata:\n\ndata\n\nid: 7\n\n${after}`,
    expect: { text: 'Hi there', ending: 'end stop' },
  },
  {
    name: 'pings by name',
    body: `${before}event: ping\ndata: now\n\nevent: heartbeat\ndata: {}\n\n${after}`,
    expect: { text: 'Hi there', ending: 'end stop' },
  },
  {
    name: 'an event over several lines',
    body: `${before}data: {"type":"text-delta",\ndata: "id":"0",\ndata: "delta":"!"}\n\n${after}`,
    expect: { text: 'Hi! there', ending: 'end stop' },
  },
  {
    name: 'bytes that are no UTF-8, inside a text',
    body: joined(
      before,
      'data: {"type":"text-delta","id":"0","delta":"',
      [0xc3, 0x28, 0xff],
      '"}\n\n',
      after,
    ),
    expect: { text: 'Hi\ufffd(\ufffd there', ending: 'end stop' },
  },
  {
    name: 'a lone surrogate',
    body: `${before}data: {"type":"text-delta","id":"0","delta":"\\ud83d"}\n\n${after}`,
    expect: { text: 'Hi\ud83d there', ending: 'end stop' },
  },
  {
    name: 'nesting that no stack holds',
    body: `${before}data: ${'['.repeat(200_000)}\n\n${after}`,
    expect: { text: 'Hi', ending: 'protocol' },
  },
  {
    name: 'names out of the prototype',
    body: `${before}${sse({ type: 'constructor' }, { type: '__proto__' }, { type: 'toString' })}${sse({ type: 'finish', finishReason: 'constructor' }, '[DONE]')}`,
    expect: { text: 'Hi', ending: 'end other', unknown: 3 },
  },
  {
    name: 'a prototype in the metadata',
    body: `${before}data: {"type":"message-metadata","messageMetadata":{"evenkeel":{"__proto__":{"prompt":"x"},"version":"3"}}}\n\n${after}`,
    expect: { text: 'Hi there', ending: 'end stop', metadata: ['{"version":"3"}'] },
  },
  {
    name: 'members of every wrong kind',
    body:
      before +
      sse({ type: 7 }, { type: null }, { type: ['text-delta'] }, { ...say('!'), id: { a: 1 } }) +
      after,
    expect: { text: 'Hi! there', ending: 'end stop', unknown: 3 },
  },
  {
    name: 'a code that is a sentence, and might hold content',
    body: before + sse({ error: { code: 'Dear customer, your text "…" was refused', type: 'bad_request' } }),
    expect: { text: 'Hi', ending: 'provider bad_request' },
  },
  {
    name: 'our metadata in an event of its own',
    body: `event: evenkeel\ndata: {"prompt":"draft","version":"3","stages":{"inference":180},"usage":{"inputTokens":9,"outputTokens":4}}\n\n${before}${after}`,
    expect: {
      text: 'Hi there',
      ending: 'end stop',
      usage: [9, 4],
      metadata: ['{"prompt":"draft","version":"3"} {"inference":180}'],
    },
  },
  {
    name: 'our metadata, malformed',
    body: `event: evenkeel\ndata: {"prompt":\n\n${before}${after}`,
    expect: { text: 'Hi there', ending: 'end stop', unknown: 1 },
  },
]

function joined(...parts: readonly (string | readonly number[])[]): Uint8Array {
  const encoder = new TextEncoder()
  const bytes = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : Uint8Array.from(part)))
  const whole = new Uint8Array(bytes.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of bytes) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
