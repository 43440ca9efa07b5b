import { cutAfter, cutBefore, type Row, sse } from '../row.ts'

const start = { type: 'start', messageId: 'm1' }
const open = [{ type: 'start-step' }, { type: 'text-start', id: '0' }]
const say = (delta: string, id = '0') => ({ type: 'text-delta', id, delta })
const close = [{ type: 'text-end', id: '0' }, { type: 'finish-step' }]
const finish = { type: 'finish', finishReason: 'stop' }
const DONE = '[DONE]'

const whole = sse(start, ...open, say('Grüße, '), say('Wörld 🙂'), ...close, finish, DONE)
const answer = { text: 'Grüße, Wörld 🙂', ending: 'end stop' }

export const aiSdkWhole = {
  protocol: 'ai-sdk',
  body: whole,
  expect: answer,
  ownEnd: '"type":"finish","finishReason":"stop"}',
}

const once = (name: string, chunk: object, expect: Row['expect']): Row => ({
  name,
  body: sse(start, ...open, say('Hi'), chunk, ...close, finish, DONE),
  expect,
})

export const aiSdkRows: readonly Row[] = [
  { name: 'cut after finish, [DONE] missing', body: cutBefore(whole, 'data: [DONE]'), expect: answer },
  {
    name: 'cut before finish',
    body: cutBefore(whole, 'data: {"type":"finish","'),
    expect: { text: answer.text, ending: 'truncated' },
  },
  {
    name: 'cut in the text',
    body: cutAfter(whole, 'Grüße, "}\n\n'),
    expect: { text: 'Grüße, ', ending: 'truncated' },
  },
  {
    name: 'cut inside an event',
    body: cutAfter(whole, 'W\u00f6r'),
    expect: { text: 'Grüße, ', ending: 'truncated' },
  },
  {
    name: '[DONE] without finish',
    body: sse(start, ...open, say('Hi'), DONE),
    expect: { text: 'Hi', ending: 'truncated' },
  },
  {
    name: 'nothing but its header',
    body: '',
    headers: { 'x-vercel-ai-ui-message-stream': 'v1' },
    expect: { text: '', ending: 'truncated', protocol: 'ai-sdk' },
  },
  {
    name: 'finish twice',
    body: sse(start, ...open, say('Hi'), finish, { ...finish, finishReason: 'length' }, DONE, DONE),
    expect: { text: 'Hi', ending: 'end stop' },
  },
  { name: 'a second answer after the end', body: whole + whole, expect: answer },
  {
    name: 'text after finish',
    body: sse(start, ...open, say('Hi'), finish, say(' again'), DONE),
    expect: { text: 'Hi', ending: 'end stop' },
  },
  {
    name: 'data and metadata after finish',
    body: sse(start, ...open, say('Hi'), finish, { type: 'data-cost', id: 'c', data: 3 }, DONE),
    expect: { text: 'Hi', ending: 'end stop', data: ['cost#c=3'] },
  },
  {
    name: 'an error in the middle',
    body: sse(start, ...open, say('Hi'), { type: 'error', errorText: 'secret words' }, finish, DONE),
    expect: { text: 'Hi', ending: 'provider' },
  },
  {
    name: 'an error at once',
    body: sse({ type: 'error', errorText: 'An error occurred.' }, DONE),
    expect: { text: '', ending: 'provider', protocol: 'ai-sdk' },
  },
  {
    name: 'an abort by the server',
    body: sse(start, ...open, say('Hi'), { type: 'abort', reason: 'timeout' }, DONE),
    expect: { text: 'Hi', ending: 'truncated abort' },
  },
  {
    name: 'a content filter',
    body: sse(start, ...open, say('Hi'), { type: 'finish', finishReason: 'content-filter' }, DONE),
    expect: { text: 'Hi', ending: 'refusal content-filter' },
  },
  {
    name: 'finish with an error as its reason',
    body: sse(start, ...open, say('Hi'), { type: 'finish', finishReason: 'error' }, DONE),
    expect: { text: 'Hi', ending: 'provider' },
  },
  {
    name: 'finish without a reason',
    body: sse(start, ...open, say('Hi'), { type: 'finish' }, DONE),
    expect: { text: 'Hi', ending: 'end null' },
  },
  {
    name: 'finish by length',
    body: sse(start, ...open, say('Hi'), { type: 'finish', finishReason: 'length' }, DONE),
    expect: { text: 'Hi', ending: 'end length' },
  },
  {
    name: 'reasoning beside text, under the same id',
    body: sse(
      start,
      { type: 'reasoning-start', id: '0' },
      { type: 'reasoning-delta', id: '0', delta: 'Hmm.' },
      { type: 'reasoning-end', id: '0' },
      ...open,
      say('Hi'),
      finish,
      DONE,
    ),
    expect: { text: 'Hi', reasoning: 'Hmm.', ending: 'end stop' },
  },
  once('an unknown chunk', { type: 'hologram', x: 1 }, { text: 'Hi', ending: 'end stop', unknown: 1 }),
  once('a chunk of silence', { type: 'custom', kind: 'a.b' }, { text: 'Hi', ending: 'end stop' }),
  once(
    'a steering message',
    { type: 'steering-message', id: 's', parts: [] },
    { text: 'Hi', ending: 'end stop' },
  ),
  once(
    'a delta that is no text',
    { type: 'text-delta', id: '0', delta: 7 },
    { text: 'Hi', ending: 'end stop' },
  ),
  once(
    'a source',
    { type: 'source-url', sourceId: 's1', url: 'https://a.example/', title: 'A' },
    { text: 'Hi', ending: 'end stop', sources: ['https://a.example/ A'] },
  ),
  once(
    'a document as a source',
    { type: 'source-document', sourceId: 's2', mediaType: 'application/pdf', title: 'B' },
    { text: 'Hi', ending: 'end stop', sources: ['null B'] },
  ),
  once(
    'a file',
    { type: 'file', url: 'data:image/png;base64,AA==', mediaType: 'image/png' },
    { text: 'Hi', ending: 'end stop', files: ['image/png data:image/png;base64,AA=='] },
  ),
  once(
    'a data part',
    { type: 'data-weather', id: 'w', data: { c: 21 } },
    { text: 'Hi', ending: 'end stop', data: ['weather#w={"c":21}'] },
  ),
  once(
    'metadata with ours, usage and the model',
    {
      type: 'message-metadata',
      messageMetadata: {
        evenkeel: { prompt: 'draft', version: '3', level: 9 },
        totalUsage: { inputTokens: 12, outputTokens: 34 },
      },
    },
    { text: 'Hi', ending: 'end stop', usage: [12, 34], metadata: ['{"prompt":"draft","version":"3"}'] },
  ),
  {
    name: 'usage in the metadata of finish',
    body: sse(
      start,
      ...open,
      say('Hi'),
      { ...finish, messageMetadata: { usage: { inputTokens: { total: 5 }, outputTokens: { total: 6 } } } },
      DONE,
    ),
    expect: { text: 'Hi', ending: 'end stop', usage: [5, 6] },
  },
  {
    name: 'a tool that the server calls',
    body: sse(
      start,
      { type: 'tool-input-start', toolCallId: 't', toolName: 'search' },
      { type: 'tool-input-delta', toolCallId: 't', inputTextDelta: '{"q":' },
      { type: 'tool-input-delta', toolCallId: 't', inputTextDelta: '1}' },
      { type: 'tool-input-available', toolCallId: 't', toolName: 'search', input: { q: 1 } },
      { type: 'tool-output-available', toolCallId: 't', output: [1] },
      ...open,
      say('Hi'),
      finish,
      DONE,
    ),
    expect: {
      text: 'Hi',
      ending: 'end stop',
      tools: ['search input-available {"q":1}', 'search output-available [1]'],
    },
  },
  {
    name: 'tools that fail, wait for a person, and are denied',
    body: sse(
      start,
      { type: 'tool-input-error', toolCallId: 'a', toolName: 'x', input: '{', errorText: 'bad' },
      { type: 'tool-input-available', toolCallId: 'b', toolName: 'y', input: {} },
      { type: 'tool-approval-request', approvalId: 'p', toolCallId: 'b' },
      { type: 'tool-approval-response', approvalId: 'p', approved: false },
      { type: 'tool-output-denied', toolCallId: 'b' },
      { type: 'tool-input-available', toolCallId: 'c', toolName: 'z', input: {} },
      { type: 'tool-output-error', toolCallId: 'c', errorText: 'down' },
      { type: 'finish', finishReason: 'tool-calls' },
      DONE,
    ),
    expect: {
      text: '',
      ending: 'end tool-calls',
      tools: [
        'x output-error "{" "bad"',
        'y input-available {}',
        'y approval-requested',
        'y output-denied',
        'z input-available {}',
        'z output-error "down"',
      ],
    },
  },
  {
    name: 'a step that is taken back',
    body: sse(
      start,
      ...open,
      say('One.'),
      ...close,
      ...open,
      say('Wrong.'),
      { type: 'reset-step' },
      { type: 'text-start', id: '0' },
      say('Two.'),
      ...close,
      finish,
      DONE,
    ),
    expect: { text: 'One.Wrong.Two.', ending: 'end stop', withdrawn: ['0#2'] },
  },
]
