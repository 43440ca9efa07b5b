import { cutAfter, cutBefore, type Row, sse } from '../row.ts'

const chunk = (choice: object | null, more: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  model: 'gpt-x',
  choices: choice === null ? [] : [{ index: 0, delta: {}, finish_reason: null, ...choice }],
  ...more,
})
const open = chunk({ delta: { role: 'assistant', content: '', refusal: null } })
const say = (content: string) => chunk({ delta: { content } })
const finish = (reason: string) => chunk({ finish_reason: reason })
const usage = chunk(null, { usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 } })
const DONE = '[DONE]'

const whole = sse(open, say('Grüße, '), say('Wörld 🙂'), finish('stop'), usage, DONE)
const answer = { text: 'Grüße, Wörld 🙂', ending: 'end stop', usage: [9, 4] } as const

export const openaiChatWhole = {
  protocol: 'openai-chat',
  body: whole,
  expect: answer,
  ownEnd: '"finish_reason":"stop"}]}',
}

const call = (entry: object) => chunk({ delta: { tool_calls: [entry] } })

export const openaiChatRows: readonly Row[] = [
  { name: 'cut before [DONE]', body: cutBefore(whole, 'data: [DONE]'), expect: answer },
  {
    name: 'cut before the finish reason',
    body: sse(open, say('Grüße, ')),
    expect: { text: 'Grüße, ', ending: 'truncated' },
  },
  {
    name: 'cut inside an event',
    body: cutAfter(whole, 'Wör'),
    expect: { text: 'Grüße, ', ending: 'truncated' },
  },
  {
    name: '[DONE] without a finish reason',
    body: sse(open, say('Hi'), DONE),
    expect: { text: 'Hi', ending: 'end null' },
  },
  { name: 'a second answer after the end', body: whole + whole, expect: answer },
  {
    name: 'text after the finish reason',
    body: sse(open, say('Hi'), finish('stop'), say(' again'), DONE),
    expect: { text: 'Hi', ending: 'end stop' },
  },
  {
    name: 'the finish reason twice, the first counts',
    body: sse(open, say('Hi'), finish('stop'), finish('length'), DONE, DONE),
    expect: { text: 'Hi', ending: 'end stop' },
  },
  {
    name: 'by length',
    body: sse(open, say('Hi'), finish('length'), DONE),
    expect: { text: 'Hi', ending: 'end length' },
  },
  {
    name: 'a content filter',
    body: sse(open, say('Hi'), finish('content_filter'), DONE),
    expect: { text: 'Hi', ending: 'refusal content_filter' },
  },
  {
    name: 'a refusal in its own field',
    body: sse(
      open,
      chunk({ delta: { refusal: "I can't " } }),
      chunk({ delta: { refusal: 'help.' } }),
      finish('stop'),
      DONE,
    ),
    expect: { text: '', ending: 'refusal refusal' },
  },
  {
    name: 'a refusal that is cut',
    body: sse(open, chunk({ delta: { refusal: "I can't " } })),
    expect: { text: '', ending: 'refusal refusal' },
  },
  {
    name: 'an error object in the stream',
    body: sse(
      open,
      say('Hi'),
      { error: { message: 'secret', type: 'server_error', code: 'overloaded' } },
      DONE,
    ),
    expect: { text: 'Hi', ending: 'provider overloaded' },
  },
  {
    name: "Azure: a filter's own error",
    body: sse(open, say('Hi'), { error: { code: 'content_filter', message: 'secret' } }),
    expect: { text: 'Hi', ending: 'refusal content_filter' },
  },
  {
    name: 'an error object as the first event',
    body: sse({ error: { message: 'no', type: 'insufficient_quota', code: null } }),
    expect: { text: '', ending: 'provider insufficient_quota' },
  },
  {
    name: 'an error beside choices, as OpenRouter sends it',
    body: sse(
      open,
      say('Hi'),
      chunk({ finish_reason: 'error' }, { error: { code: 502, message: 'secret' } }),
      DONE,
    ),
    expect: { text: 'Hi', ending: 'provider 502' },
  },
  {
    name: 'the finish reason error',
    body: sse(open, say('Hi'), finish('error'), DONE),
    expect: { text: 'Hi', ending: 'provider error' },
  },
  {
    name: 'Azure: filter results before and between',
    body: sse(
      {
        choices: [],
        created: 0,
        id: '',
        model: '',
        object: '',
        prompt_filter_results: [{ prompt_index: 0 }],
      },
      open,
      say('Hi'),
      chunk({ delta: undefined, content_filter_offsets: {} }),
      finish('stop'),
      DONE,
    ),
    expect: { text: 'Hi', ending: 'end stop', protocol: 'openai-chat' },
  },
  {
    name: 'DeepSeek and vLLM: reasoning_content',
    body: sse(
      chunk({ delta: { role: 'assistant', content: null, reasoning_content: 'Hm' } }),
      chunk({ delta: { content: null, reasoning_content: 'm.' } }),
      chunk({ delta: { content: 'Hi', reasoning_content: null } }),
      finish('stop'),
      DONE,
    ),
    expect: { text: 'Hi', reasoning: 'Hmm.', ending: 'end stop' },
  },
  {
    name: 'OpenRouter: reasoning with the same details, comments between',
    body: `: OPENROUTER PROCESSING\n\n${sse(
      chunk({
        delta: {
          content: '',
          reasoning: 'Hmm.',
          reasoning_details: [{ type: 'reasoning.text', text: 'Hmm.' }],
        },
      }),
    )}: OPENROUTER PROCESSING\n\n${sse(
      chunk({
        delta: {
          content: 'Hi',
          annotations: [{ type: 'url_citation', url_citation: { url: 'https://a.example/', title: 'A' } }],
        },
      }),
      finish('stop'),
      usage,
      DONE,
    )}`,
    expect: {
      text: 'Hi',
      reasoning: 'Hmm.',
      ending: 'end stop',
      usage: [9, 4],
      sources: ['https://a.example/ A'],
    },
  },
  {
    name: 'Mistral: content in parts',
    body: sse(
      chunk({ delta: { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hmm.' }] }] } }),
      chunk({ delta: { content: [{ type: 'text', text: 'Hi' }] } }),
      finish('stop'),
      DONE,
    ),
    expect: { text: 'Hi', reasoning: 'Hmm.', ending: 'end stop' },
  },
  {
    name: 'Groq: usage in x_groq',
    body: sse(
      open,
      say('Hi'),
      chunk(
        { finish_reason: 'stop' },
        { x_groq: { id: 'r', usage: { prompt_tokens: 7, completion_tokens: 2 } } },
      ),
      DONE,
    ),
    expect: { text: 'Hi', ending: 'end stop', usage: [7, 2] },
  },
  {
    name: 'Perplexity: its citations in every chunk',
    body: sse(
      chunk({ delta: { content: 'H' } }, { citations: ['https://a.example/'] }),
      chunk({ delta: { content: 'i' }, finish_reason: 'stop' }, { citations: ['https://a.example/'] }),
      DONE,
    ),
    expect: { text: 'Hi', ending: 'end stop', sources: ['https://a.example/ null'] },
  },
  {
    name: 'vLLM: usage in every chunk, the last counts',
    body: sse(
      chunk({ delta: { content: 'H' } }, { usage: { prompt_tokens: 9, completion_tokens: 1 } }),
      chunk({ delta: { content: 'i' } }, { usage: { prompt_tokens: 9, completion_tokens: 2 } }),
      finish('stop'),
      DONE,
    ),
    expect: { text: 'Hi', ending: 'end stop', usage: [9, 2] },
  },
  {
    name: 'two tool calls side by side',
    body: sse(
      open,
      call({ index: 0, id: 'a', type: 'function', function: { name: 'add', arguments: '' } }),
      call({ index: 0, function: { arguments: '{"x":' } }),
      call({ index: 1, id: 'b', type: 'function', function: { name: 'now', arguments: '' } }),
      call({ index: 0, function: { arguments: '1}' } }),
      finish('tool_calls'),
      DONE,
    ),
    expect: {
      text: '',
      ending: 'end tool-calls',
      tools: ['add input-available {"x":1}', 'now input-available {}'],
    },
  },
  {
    name: 'a tool call whose input is no JSON',
    body: sse(
      open,
      call({ index: 0, id: 'a', function: { name: 'add', arguments: '{"x":' } }),
      finish('tool_calls'),
      DONE,
    ),
    expect: {
      text: '',
      ending: 'end tool-calls',
      tools: ['add output-error "The input is not valid JSON (5 characters)."'],
    },
  },
  {
    name: 'a tool turn and its answer in one body',
    body: sse(
      open,
      call({ index: 0, id: 'a', function: { name: 'add', arguments: '{}' } }),
      finish('tool_calls'),
      usage,
      { ...say('Hi'), id: 'chatcmpl-2' },
      { ...finish('stop'), id: 'chatcmpl-2' },
      { ...usage, id: 'chatcmpl-2' },
      DONE,
    ),
    expect: { text: 'Hi', ending: 'end stop', usage: [18, 8], tools: ['add input-available {}'] },
  },
  {
    name: 'a second choice, which nobody asked for',
    body: sse(open, chunk({ index: 1, delta: { content: 'Other' } }), say('Hi'), finish('stop'), DONE),
    expect: { text: 'Hi', ending: 'end stop' },
  },
  {
    name: 'an unknown object',
    body: sse(open, { object: 'chat.weather', sun: true }, say('Hi'), finish('stop'), DONE),
    expect: { text: 'Hi', ending: 'end stop', unknown: 1 },
  },
  {
    name: 'the older completions endpoint',
    body: sse(
      { id: 'cmpl-1', object: 'text_completion', choices: [{ index: 0, text: 'Hi', finish_reason: null }] },
      { id: 'cmpl-1', object: 'text_completion', choices: [{ index: 0, text: '', finish_reason: 'length' }] },
      DONE,
    ),
    expect: { text: 'Hi', ending: 'end length' },
  },
]
