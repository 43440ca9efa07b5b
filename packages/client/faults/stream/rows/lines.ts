import { cutAfter, cutBefore, lines, type Row, sse } from '../row.ts'

const headers = { 'content-type': 'application/x-ndjson' }
const TEXT = 'Grüße, Wörld 🙂'
const whole = lines({ text: 'Grüße, ' }, { text: 'Wörld 🙂' }, { done: true, reason: 'stop' })
const ollamaChat = (content: string, more: object = {}) => ({
  model: 'llama',
  message: { role: 'assistant', content, ...more },
  done: false,
})
const ollamaEnd = {
  model: 'llama',
  message: { role: 'assistant', content: '' },
  done: true,
  done_reason: 'stop',
  prompt_eval_count: 9,
  eval_count: 4,
}

export const ndjsonWhole = {
  protocol: 'ndjson',
  body: whole,
  headers,
  expect: { text: TEXT, ending: 'end stop' },
  ownEnd: '{"done":true,"reason":"stop"}',
}

export const lineRows: readonly Row[] = [
  { name: 'our lines, without a content type', body: whole, headers: {}, expect: ndjsonWhole.expect },
  { name: 'our lines, with CRLF', body: whole.replaceAll('\n', '\r\n'), headers, expect: ndjsonWhole.expect },
  {
    name: 'our lines, with blank lines and a BOM',
    body: `\ufeff\n${whole}\n\n`,
    headers,
    expect: ndjsonWhole.expect,
  },
  {
    name: 'our lines as a JSON text sequence',
    body: whole.replaceAll('{', '\u001e{'),
    headers: { 'content-type': 'application/json-seq' },
    expect: ndjsonWhole.expect,
  },
  {
    name: 'our lines as server-sent events',
    body: sse({ text: 'Hi' }, '[DONE]'),
    expect: { text: 'Hi', ending: 'end null' },
  },
  {
    name: 'cut before done',
    body: cutBefore(whole, '{"done"'),
    headers,
    expect: { text: TEXT, ending: 'truncated' },
  },
  {
    name: 'cut inside a line',
    body: cutAfter(whole, 'Wör'),
    headers,
    expect: { text: 'Grüße, ', ending: 'truncated' },
  },
  { name: 'nothing at all', body: '', headers, expect: { text: '', ending: 'truncated' } },
  { name: 'a second answer after the end', body: whole + whole, headers, expect: ndjsonWhole.expect },
  {
    name: 'an error',
    body: lines({ text: 'Hi' }, { error: { code: 'overloaded', message: 'secret' } }),
    headers,
    expect: { text: 'Hi', ending: 'provider overloaded' },
  },
  {
    name: 'a refusal',
    body: lines({ done: true, reason: 'refusal' }),
    headers,
    expect: { text: '', ending: 'refusal refusal' },
  },
  {
    name: 'everything that a line can say',
    body: lines(
      { evenkeel: { prompt: 'draft', version: '3' } },
      { reasoning: 'Hmm.' },
      { text: 'Hi', model: 'm' },
      { data: 3, name: 'cost', id: 'c' },
      { usage: { inputTokens: 9, outputTokens: 4 } },
      { weather: 'fine' },
      { done: true },
    ),
    headers,
    expect: {
      text: 'Hi',
      reasoning: 'Hmm.',
      ending: 'end null',
      usage: [9, 4],
      unknown: 1,
      data: ['cost#c=3'],
      metadata: ['{"prompt":"draft","version":"3"}'],
    },
  },
  {
    name: "the AI SDK's chunks as lines",
    body: lines({ type: 'text-delta', id: '0', delta: 'Hi' }, { type: 'finish', finishReason: 'stop' }),
    headers,
    expect: { text: 'Hi', ending: 'end stop', protocol: 'ai-sdk' },
  },
  {
    name: 'lines that the step names, of a type that says nothing',
    body: lines({ type: 'text-delta', id: '0', delta: 'Hi' }, { type: 'finish' }),
    headers: { 'content-type': 'application/octet-stream' },
    named: 'ndjson',
    expect: { text: 'Hi', ending: 'end null', protocol: 'ai-sdk' },
  },
  {
    name: 'a line that is no JSON',
    body: `${lines({ text: 'Hi' })}{oops\n`,
    headers,
    expect: { text: 'Hi', ending: 'protocol' },
  },
  {
    name: 'a line that is too long',
    body: lines({ text: 'Hi' }, { text: 'x'.repeat(2000) }, { done: true }),
    headers,
    maxEventLength: 1000,
    expect: { text: 'Hi', ending: 'protocol' },
  },
  {
    name: 'a line that never ends',
    body: `${lines({ text: 'Hi' })}{"text":"${'x'.repeat(2000)}`,
    headers,
    maxEventLength: 1000,
    expect: { text: 'Hi', ending: 'protocol', early: true },
  },
  {
    name: 'Ollama: chat, with thinking, a tool and usage',
    body: lines(
      ollamaChat('', { thinking: 'Hmm.' }),
      ollamaChat('Hi'),
      ollamaChat('', { tool_calls: [{ function: { name: 'add', arguments: { x: 1 } } }] }),
      ollamaEnd,
    ),
    headers,
    expect: {
      text: 'Hi',
      reasoning: 'Hmm.',
      ending: 'end tool-calls',
      usage: [9, 4],
      tools: ['add input-available {"x":1}'],
      protocol: 'ollama',
    },
  },
  {
    name: 'Ollama: generate, by length',
    body: lines(
      { model: 'llama', response: 'Hi', done: false },
      { model: 'llama', response: '', done: true, done_reason: 'length' },
    ),
    headers,
    expect: { text: 'Hi', ending: 'end length' },
  },
  {
    name: 'Ollama: an error in the middle',
    body: lines(ollamaChat('Hi'), { error: 'the runner has stopped' }),
    headers,
    expect: { text: 'Hi', ending: 'provider' },
  },
  {
    name: 'Ollama: cut',
    body: lines(ollamaChat('Hi')),
    headers,
    expect: { text: 'Hi', ending: 'truncated' },
  },
]
