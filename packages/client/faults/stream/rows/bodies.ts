import { lines, type Row, sse } from '../row.ts'

const HTML = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>'
const chunk = (content: string, finish_reason: string | null = null) => ({
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: { content }, finish_reason }],
})
const chat = sse(chunk('Hi'), chunk('', 'stop'), '[DONE]')
const plain = { 'content-type': 'text/plain; charset=utf-8' }

/** What a body is: how headers and first characters decide it, and what is no stream. */
export const bodyRows: readonly Row[] = [
  {
    name: 'plain text',
    body: 'Grüße 🙂',
    headers: plain,
    expect: { text: 'Grüße 🙂', ending: 'end null unverified' },
  },
  {
    name: 'plain text that looks like a page',
    body: '<!DOCTYPE html> is how a page begins.',
    headers: plain,
    expect: { text: '<!DOCTYPE html> is how a page begins.', ending: 'end null unverified' },
  },
  {
    name: 'plain text that looks like events',
    body: 'data: 1\n\n',
    headers: plain,
    expect: { text: 'data: 1\n\n', ending: 'end null unverified' },
  },
  {
    name: 'plain text with a BOM',
    body: '\ufeffHi',
    headers: plain,
    expect: { text: 'Hi', ending: 'end null unverified' },
  },
  {
    name: 'plain text that ends inside a character',
    body: new Uint8Array([0x48, 0x69, 0xf0, 0x9f]),
    headers: plain,
    expect: { text: 'Hi\ufffd', ending: 'end null unverified' },
  },
  {
    name: 'plain text with bytes that are no UTF-8',
    body: new Uint8Array([0x48, 0xff, 0x69]),
    headers: plain,
    expect: { text: 'H\ufffdi', ending: 'end null unverified' },
  },
  { name: 'empty plain text', body: '', headers: plain, expect: { text: '', ending: 'empty' } },
  { name: 'an empty body without a type', body: '', headers: {}, expect: { text: '', ending: 'empty' } },
  {
    name: 'a body of blanks without a type',
    body: ' \n ',
    headers: {},
    expect: { text: ' \n ', ending: 'end null unverified' },
  },
  {
    name: 'an empty JSON body',
    body: '',
    headers: { 'content-type': 'application/json' },
    expect: { text: '', ending: 'empty' },
  },
  { name: 'an empty event stream', body: '', expect: { text: '', ending: 'truncated' } },
  {
    name: 'an event stream of comments',
    body: ': hi\n\n: hi\n\n',
    expect: { text: '', ending: 'truncated' },
  },
  {
    name: 'text without a type',
    body: 'Hello',
    headers: {},
    expect: { text: 'Hello', ending: 'end null unverified' },
  },
  {
    name: 'text without a type that begins like a field',
    body: 'events are fun',
    headers: {},
    expect: { text: 'events are fun', ending: 'end null unverified' },
  },
  {
    name: 'text without a type that begins with a smaller-than',
    body: '<3 you',
    headers: {},
    expect: { text: '<3 you', ending: 'end null unverified' },
  },
  { name: 'events without a type', body: chat, headers: {}, expect: { text: 'Hi', ending: 'end stop' } },
  {
    name: 'events that claim to be JSON',
    body: chat,
    headers: { 'content-type': 'application/json' },
    expect: { text: 'Hi', ending: 'end stop' },
  },
  {
    name: 'a page',
    body: HTML,
    headers: { 'content-type': 'text/html' },
    expect: { text: '', ending: 'protocol' },
  },
  { name: 'a page that claims to be events', body: HTML, expect: { text: '', ending: 'protocol' } },
  {
    name: "a page under the AI SDK's header",
    body: HTML,
    headers: { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' },
    expect: { text: '', ending: 'protocol' },
  },
  {
    name: 'a picture',
    body: '\u0089PNG\r\n\u001a\n',
    headers: { 'content-type': 'image/png' },
    expect: { text: '', ending: 'protocol' },
  },
  { name: 'a page without a type', body: HTML, headers: {}, expect: { text: '', ending: 'protocol' } },
  {
    name: 'a JSON document',
    body: '{"answer": "Hi"}',
    headers: { 'content-type': 'application/json' },
    expect: { text: '', ending: 'protocol' },
  },
  {
    name: 'a JSON document that is an error',
    body: '{"error": {"code": "quota", "message": "secret"}}',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    expect: { text: '', ending: 'provider quota' },
  },
  {
    name: 'JSON that is none',
    body: 'Internal error',
    headers: { 'content-type': 'application/problem+json' },
    expect: { text: '', ending: 'protocol' },
  },
  {
    name: 'a JSON document without a type',
    body: '{"answer": "Hi"}',
    headers: {},
    expect: { text: '', ending: 'protocol', unknown: 1 },
  },
  {
    name: 'text that claims to be events',
    body: 'Service unavailable',
    expect: { text: '', ending: 'protocol' },
  },
  {
    name: 'a JSON document that claims to be events',
    body: '{"detail":"not found"}',
    expect: { text: '', ending: 'protocol' },
  },
  {
    name: 'events of nobody',
    body: sse({ foo: 1 }, { bar: 2 }),
    expect: { text: '', ending: 'protocol', unknown: 2 },
  },
  {
    name: "the AI SDK's former stream",
    body: '0:"Hel"\n0:"lo"\nd:{"finishReason":"stop"}\n',
    headers: { 'content-type': 'text/plain', 'x-vercel-ai-data-stream': 'v1' },
    expect: { text: '', ending: 'protocol' },
  },
  {
    name: 'a protocol that the step names',
    body: sse({ error: null, choices: [{ delta: { content: 'Hi' } }] }, '[DONE]'),
    headers: { 'content-type': 'application/octet-stream' },
    named: 'openai-chat',
    expect: { text: 'Hi', ending: 'end null', protocol: 'openai-chat' },
  },
  {
    name: 'text that the step names',
    body: 'data: Hi',
    headers: { 'content-type': 'application/octet-stream' },
    named: 'text',
    expect: { text: 'data: Hi', ending: 'end null unverified', protocol: 'text' },
  },
  {
    name: 'a protocol in lines instead of events',
    body: lines(chunk('Hi'), chunk('', 'stop')),
    headers: { 'content-type': 'application/jsonl' },
    expect: { text: 'Hi', ending: 'end stop', protocol: 'openai-chat' },
  },
  {
    name: 'a 429',
    body: 'slow down',
    status: 429,
    headers: plain,
    expect: { text: '', ending: 'http.rate-limit' },
  },
  { name: 'a 503', body: chat, status: 503, expect: { text: '', ending: 'http.server' } },
]
