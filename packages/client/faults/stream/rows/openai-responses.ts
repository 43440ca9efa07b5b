import { cutAfter, cutBefore, namedSse, type Row } from '../row.ts'

const created = {
  type: 'response.created',
  response: { id: 'r1', model: 'gpt-y', output: [] },
  sequence_number: 0,
}
const added = (item: object, output_index = 0) => ({ type: 'response.output_item.added', output_index, item })
const done = (item: object, output_index = 0) => ({ type: 'response.output_item.done', output_index, item })
const say = (delta: string, output_index = 0) => ({
  type: 'response.output_text.delta',
  item_id: `m${output_index}`,
  output_index,
  content_index: 0,
  delta,
})
const said = (text: string, output_index = 0) => ({
  type: 'response.output_text.done',
  item_id: `m${output_index}`,
  output_index,
  content_index: 0,
  text,
})
const message = (text: string) => ({ type: 'message', id: 'm0', content: [{ type: 'output_text', text }] })
const completed = (output: readonly object[] = [], input_tokens = 9, output_tokens = 4) => ({
  type: 'response.completed',
  response: { id: 'r1', status: 'completed', output, usage: { input_tokens, output_tokens } },
})

const TEXT = 'Grüße, Wörld 🙂'
const whole = namedSse(
  created,
  { type: 'response.in_progress' },
  added({ type: 'message', id: 'm0', content: [] }),
  { type: 'response.content_part.added' },
  say('Grüße, '),
  say('Wörld 🙂'),
  said(TEXT),
  { type: 'response.content_part.done' },
  done(message(TEXT)),
  completed([message(TEXT)]),
)
const answer = { text: TEXT, ending: 'end stop', usage: [9, 4] } as const

export const openaiResponsesWhole = {
  protocol: 'openai-responses',
  body: whole,
  expect: answer,
  ownEnd: '"output_tokens":4}}}',
}

const incomplete = (reason: string) => ({
  type: 'response.incomplete',
  response: { id: 'r1', incomplete_details: { reason }, usage: { input_tokens: 9, output_tokens: 4 } },
})
const think = (delta: string) => ({
  type: 'response.reasoning_summary_text.delta',
  output_index: 0,
  summary_index: 0,
  delta,
})
const call = { type: 'function_call', id: 'fc', call_id: 'call_1', name: 'add', arguments: '' }
const calling = [
  added(call),
  { type: 'response.function_call_arguments.delta', output_index: 0, delta: '{"x":' },
  { type: 'response.function_call_arguments.delta', output_index: 0, delta: '1}' },
  { type: 'response.function_call_arguments.done', output_index: 0, arguments: '{"x":1}' },
  done({ ...call, arguments: '{"x":1}' }),
]

export const openaiResponsesRows: readonly Row[] = [
  {
    name: 'cut before response.completed',
    body: cutBefore(whole, 'event: response.completed'),
    expect: { text: TEXT, ending: 'truncated' },
  },
  {
    name: 'cut inside an event',
    body: cutAfter(whole, '"delta":"Wör'),
    expect: { text: 'Grüße, ', ending: 'truncated' },
  },
  { name: 'a second answer after the end', body: whole + whole, expect: answer },
  {
    name: 'the end twice, the first counts',
    body: namedSse(created, say('Hi'), completed(), incomplete('max_output_tokens')),
    expect: { text: 'Hi', ending: 'end stop', usage: [9, 4] },
  },
  {
    name: 'incomplete by length',
    body: namedSse(created, say('Hi'), incomplete('max_output_tokens')),
    expect: { text: 'Hi', ending: 'end length', usage: [9, 4] },
  },
  {
    name: 'completed, with a status that says it is incomplete',
    body: namedSse(created, say('Hi'), {
      type: 'response.completed',
      response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
    }),
    expect: { text: 'Hi', ending: 'end length' },
  },
  {
    name: 'incomplete by the content filter',
    body: namedSse(created, say('Hi'), incomplete('content_filter')),
    expect: { text: 'Hi', ending: 'refusal content_filter', usage: [9, 4] },
  },
  {
    name: 'a refusal',
    body: namedSse(
      created,
      { type: 'response.refusal.delta', output_index: 0, delta: "I can't." },
      { type: 'response.refusal.done', refusal: "I can't." },
      completed([{ type: 'message', content: [{ type: 'refusal', refusal: "I can't." }] }]),
    ),
    expect: { text: '', ending: 'refusal refusal', usage: [9, 4] },
  },
  {
    name: 'a refusal that only the item tells',
    body: namedSse(
      created,
      done({ type: 'message', content: [{ type: 'refusal', refusal: "I can't." }] }),
      completed(),
    ),
    expect: { text: '', ending: 'refusal refusal', usage: [9, 4] },
  },
  {
    name: 'failed',
    body: namedSse(created, say('Hi'), {
      type: 'response.failed',
      response: { error: { code: 'server_error', message: 'secret' } },
    }),
    expect: { text: 'Hi', ending: 'provider server_error' },
  },
  {
    name: 'an error with the code beside its type',
    body: namedSse(created, say('Hi'), {
      type: 'error',
      code: 'rate_limit_exceeded',
      message: 'secret',
      sequence_number: 3,
    }),
    expect: { text: 'Hi', ending: 'provider rate_limit_exceeded' },
  },
  {
    name: 'an error in an object, then failed',
    body: namedSse(
      created,
      { type: 'error', sequence_number: 2, error: { code: 'insufficient_quota' } },
      { type: 'response.failed', response: { error: { code: 'other' } } },
    ),
    expect: { text: '', ending: 'provider insufficient_quota' },
  },
  {
    name: 'an error as the first event',
    body: namedSse({ type: 'error', code: 'boom', sequence_number: 0 }),
    expect: { text: '', ending: 'provider boom', protocol: 'openai-responses' },
  },
  {
    name: 'a cancelled response',
    body: namedSse(created, say('Hi'), { type: 'response.cancelled', response: {} }),
    expect: { text: 'Hi', ending: 'truncated cancelled' },
  },
  {
    name: 'reasoning apart from text, in both of its forms',
    body: namedSse(
      created,
      think('Hm'),
      think('m.'),
      { type: 'response.reasoning_text.delta', output_index: 1, delta: ' Ah.' },
      { type: 'response.reasoning_summary_text.done', text: 'Hmm.' },
      say('Hi', 2),
      completed(),
    ),
    expect: { text: 'Hi', reasoning: 'Hmm. Ah.', ending: 'end stop', usage: [9, 4] },
  },
  {
    name: 'an unknown event',
    body: namedSse(created, { type: 'response.dance.started' }, say('Hi'), completed()),
    expect: { text: 'Hi', ending: 'end stop', usage: [9, 4], unknown: 1 },
  },
  {
    name: 'text that only its closing event carries',
    body: namedSse(created, said('Hi'), completed()),
    expect: { text: 'Hi', ending: 'end stop', usage: [9, 4] },
  },
  {
    name: 'text that only the completed response carries',
    body: namedSse(created, completed([message('Hi')])),
    expect: { text: 'Hi', ending: 'end stop', usage: [9, 4] },
  },
  {
    name: 'two messages',
    body: namedSse(created, say('One.'), said('One.'), say('Two.', 1), said('Two.', 1), completed()),
    expect: { text: 'One.Two.', ending: 'end stop', usage: [9, 4] },
  },
  {
    name: 'a function call for the page',
    body: namedSse(created, ...calling, completed()),
    expect: {
      text: '',
      ending: 'end tool-calls',
      usage: [9, 4],
      tools: ['add input-available {"x":1}'],
    },
  },
  {
    name: 'a function call and its answer in one body',
    body: namedSse(created, ...calling, completed(), created, say('Hi'), completed()),
    expect: {
      text: 'Hi',
      ending: 'end stop',
      usage: [18, 8],
      tools: ['add input-available {"x":1}'],
    },
  },
  {
    name: 'a function call, and the answer to it is cut',
    body: namedSse(created, ...calling, completed(), created, say('H')),
    expect: { text: 'H', ending: 'truncated', usage: [9, 4], tools: ['add input-available {"x":1}'] },
  },
  {
    name: 'a web search by the provider, with its citation',
    body: namedSse(
      created,
      added({ type: 'web_search_call', id: 'ws', status: 'in_progress' }),
      { type: 'response.web_search_call.searching' },
      done({ type: 'web_search_call', id: 'ws', action: { type: 'search', query: 'q' } }),
      say('Hi', 1),
      {
        type: 'response.output_text.annotation.added',
        annotation: { type: 'url_citation', url: 'https://a.example/', title: 'A' },
      },
      completed(),
    ),
    expect: {
      text: 'Hi',
      ending: 'end stop',
      usage: [9, 4],
      tools: [
        'web_search input-available {"type":"search","query":"q"}',
        'web_search output-available {"type":"search","query":"q"}',
      ],
      sources: ['https://a.example/ A'],
    },
  },
  {
    name: 'a picture',
    body: namedSse(
      created,
      added({ type: 'image_generation_call', id: 'ig' }),
      done({ type: 'image_generation_call', id: 'ig', result: 'AA==', output_format: 'webp' }),
      completed(),
    ),
    expect: {
      text: '',
      ending: 'end stop',
      usage: [9, 4],
      tools: ['image_generation input-available {}', 'image_generation output-available null'],
      files: ['image/webp data:image/webp;base64,AA=='],
    },
  },
]
