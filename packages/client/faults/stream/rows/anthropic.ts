import { cutAfter, cutBefore, namedSse, type Row } from '../row.ts'

const begin = (usage: object = { input_tokens: 9, output_tokens: 1 }) => ({
  type: 'message_start',
  message: { id: 'msg', model: 'claude-z', content: [], usage },
})
const open = (content_block: object = { type: 'text', text: '' }, index = 0) => ({
  type: 'content_block_start',
  index,
  content_block,
})
const delta = (value: object, index = 0) => ({ type: 'content_block_delta', index, delta: value })
const say = (text: string, index = 0) => delta({ type: 'text_delta', text }, index)
const close = (index = 0) => ({ type: 'content_block_stop', index })
const reason = (stop_reason: string | null, usage: object = { output_tokens: 4 }) => ({
  type: 'message_delta',
  delta: { stop_reason, stop_sequence: null },
  usage,
})
const stop = { type: 'message_stop' }
const ping = { type: 'ping' }

const TEXT = 'Grüße, Wörld 🙂'
const whole = namedSse(
  begin(),
  open(),
  ping,
  say('Grüße, '),
  say('Wörld 🙂'),
  close(),
  reason('end_turn'),
  stop,
)
const answer = { text: TEXT, ending: 'end stop', usage: [9, 4] } as const

export const anthropicWhole = {
  protocol: 'anthropic',
  body: whole,
  expect: answer,
  ownEnd: '{"type":"message_stop"}',
}

const tool = { type: 'tool_use', id: 'tu', name: 'add', input: {} }
const calling = [
  open(tool),
  delta({ type: 'input_json_delta', partial_json: '' }),
  delta({ type: 'input_json_delta', partial_json: '{"x":' }),
  delta({ type: 'input_json_delta', partial_json: '1}' }),
  close(),
  reason('tool_use'),
  stop,
]

export const anthropicRows: readonly Row[] = [
  {
    name: 'cut before message_stop, the reason known',
    body: cutBefore(whole, 'event: message_stop'),
    expect: { text: TEXT, ending: 'truncated', usage: [9, 4] },
  },
  {
    name: 'cut before the reason',
    body: cutBefore(whole, 'event: message_delta'),
    expect: { text: TEXT, ending: 'truncated', usage: [9, 1] },
  },
  {
    name: 'cut inside an event',
    body: cutAfter(whole, 'Wör'),
    expect: { text: 'Grüße, ', ending: 'truncated', usage: [9, 1] },
  },
  { name: 'a second answer after the end', body: whole + whole, expect: answer },
  {
    name: 'message_stop before its reason',
    body: namedSse(begin(), say('Hi'), stop, reason('end_turn')),
    expect: { text: 'Hi', ending: 'end null', usage: [9, 1] },
  },
  {
    name: 'a refusal without a word',
    body: namedSse(begin(), reason('refusal'), stop),
    expect: { text: '', ending: 'refusal refusal', usage: [9, 4] },
  },
  {
    name: 'a refusal in the middle of an answer',
    body: namedSse(begin(), open(), say('Hi'), close(), reason('refusal'), stop),
    expect: { text: 'Hi', ending: 'refusal refusal', usage: [9, 4] },
  },
  {
    name: 'a refusal that is cut before message_stop',
    body: namedSse(begin(), reason('refusal')),
    expect: { text: '', ending: 'refusal refusal', usage: [9, 4] },
  },
  ...[
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['stop_sequence', 'stop'],
    ['pause_turn', 'other'],
    ['tomorrow', 'other'],
  ].map(
    ([raw = '', ours]): Row => ({
      name: `stopped by ${raw}`,
      body: namedSse(begin(), open(), say('Hi'), close(), reason(raw), stop),
      expect: { text: 'Hi', ending: `end ${ours}`, usage: [9, 4] },
    }),
  ),
  {
    name: 'overloaded in the middle',
    body: namedSse(begin(), open(), say('Hi'), {
      type: 'error',
      error: { type: 'overloaded_error', message: 'secret' },
    }),
    expect: { text: 'Hi', ending: 'provider overloaded_error', usage: [9, 1] },
  },
  {
    name: 'an error as the first event',
    body: namedSse({ type: 'error', error: { type: 'api_error', message: 'secret' } }),
    expect: { text: '', ending: 'provider api_error', protocol: 'anthropic' },
  },
  {
    name: 'an error after the end',
    body: whole + namedSse({ type: 'error', error: { type: 'api_error' } }),
    expect: answer,
  },
  {
    name: 'thinking, signed and redacted, apart from text',
    body: namedSse(
      begin(),
      open({ type: 'thinking', thinking: '', signature: '' }),
      delta({ type: 'thinking_delta', thinking: 'Hm' }),
      delta({ type: 'thinking_delta', thinking: 'm.' }),
      delta({ type: 'signature_delta', signature: 'abc' }),
      close(),
      open({ type: 'redacted_thinking', data: 'xyz' }, 1),
      close(1),
      open({ type: 'text', text: '' }, 2),
      say('Hi', 2),
      close(2),
      reason('end_turn'),
      stop,
    ),
    expect: { text: 'Hi', reasoning: 'Hmm.', ending: 'end stop', usage: [9, 4] },
  },
  {
    name: 'cached tokens were read too',
    body: namedSse(
      begin({
        input_tokens: 9,
        cache_creation_input_tokens: 20,
        cache_read_input_tokens: 300,
        output_tokens: 1,
      }),
      say('Hi'),
      reason('end_turn'),
      stop,
    ),
    expect: { text: 'Hi', ending: 'end stop', usage: [329, 4] },
  },
  {
    name: 'an unknown event, an unknown block and an unknown delta',
    body: namedSse(
      begin(),
      { type: 'weather_report' },
      open({ type: 'hologram' }),
      delta({ type: 'hologram_delta' }),
      say('Hi', 1),
      reason('end_turn'),
      stop,
    ),
    expect: { text: 'Hi', ending: 'end stop', usage: [9, 4], unknown: 3 },
  },
  {
    name: 'a tool call for the page',
    body: namedSse(begin(), ...calling),
    expect: { text: '', ending: 'end tool-calls', usage: [9, 4], tools: ['add input-available {"x":1}'] },
  },
  {
    name: 'a tool call without input',
    body: namedSse(begin(), open(tool), close(), reason('tool_use'), stop),
    expect: { text: '', ending: 'end tool-calls', usage: [9, 4], tools: ['add input-available {}'] },
  },
  {
    name: 'a tool call and its answer in one body, under the same index',
    body: namedSse(begin(), ...calling, begin(), open(), say('Hi'), close(), reason('end_turn'), stop),
    expect: { text: 'Hi', ending: 'end stop', usage: [18, 8], tools: ['add input-available {"x":1}'] },
  },
  {
    name: 'a web search by the provider, with its citation',
    body: namedSse(
      begin(),
      open({ type: 'server_tool_use', id: 'st', name: 'web_search', input: {} }),
      delta({ type: 'input_json_delta', partial_json: '{"query":"q"}' }),
      close(),
      open(
        {
          type: 'web_search_tool_result',
          tool_use_id: 'st',
          content: [{ type: 'web_search_result', url: 'https://a.example/', title: 'A' }],
        },
        1,
      ),
      close(1),
      open({ type: 'text', text: '', citations: [] }, 2),
      delta(
        {
          type: 'citations_delta',
          citation: { type: 'web_search_result_location', url: 'https://a.example/', title: 'A' },
        },
        2,
      ),
      say('Hi', 2),
      close(2),
      reason('end_turn'),
      stop,
    ),
    expect: {
      text: 'Hi',
      ending: 'end stop',
      usage: [9, 4],
      tools: [
        'web_search input-available {"query":"q"}',
        'web_search output-available [{"type":"web_search_result","url":"https://a.example/","title":"A"}]',
      ],
      sources: ['https://a.example/ A', 'https://a.example/ A'],
    },
  },
  {
    name: 'a search that fails',
    body: namedSse(
      begin(),
      open({ type: 'server_tool_use', id: 'st', name: 'web_search', input: { query: 'q' } }),
      close(),
      open(
        {
          type: 'web_search_tool_result',
          tool_use_id: 'st',
          content: { type: 'web_search_tool_result_error', error_code: 'max_uses_exceeded' },
        },
        1,
      ),
      say('Hi', 2),
      reason('end_turn'),
      stop,
    ),
    expect: {
      text: 'Hi',
      ending: 'end stop',
      usage: [9, 4],
      tools: ['web_search input-available {"query":"q"}', 'web_search output-error "max_uses_exceeded"'],
    },
  },
  {
    name: 'unnamed events, as some gateways pass them on',
    body: whole.replaceAll(/^event: .*\n/gm, ''),
    expect: answer,
  },
]
