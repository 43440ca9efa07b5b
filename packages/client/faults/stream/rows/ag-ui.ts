import { cutAfter, cutBefore, type Row, sse } from '../row.ts'

const started = { type: 'RUN_STARTED', threadId: 't', runId: 'r' }
const open = (messageId = 'm', role = 'assistant') => ({ type: 'TEXT_MESSAGE_START', messageId, role })
const say = (delta: string, messageId = 'm') => ({ type: 'TEXT_MESSAGE_CONTENT', messageId, delta })
const close = { type: 'TEXT_MESSAGE_END', messageId: 'm' }
const finished = { type: 'RUN_FINISHED', threadId: 't', runId: 'r' }
const used = (inputTokens: number, outputTokens: number) => ({
  ...finished,
  usage: [{ model: 'm', inputTokens, outputTokens }],
})

const whole = sse(started, open(), say('Grüße, '), say('Wörld 🙂'), close, finished)
const answer = { text: 'Grüße, Wörld 🙂', ending: 'end stop' }

export const agUiWhole = {
  protocol: 'ag-ui',
  body: whole,
  expect: answer,
  ownEnd: '{"type":"RUN_FINISHED","threadId":"t","runId":"r"}',
}

const callStart = { type: 'TOOL_CALL_START', toolCallId: 'c', toolCallName: 'add' }
const calling = [
  callStart,
  { type: 'TOOL_CALL_ARGS', toolCallId: 'c', delta: '{"x":' },
  { type: 'TOOL_CALL_ARGS', toolCallId: 'c', delta: '1}' },
  { type: 'TOOL_CALL_END', toolCallId: 'c' },
]
const once = (name: string, event: object, expect: Row['expect']): Row => ({
  name,
  body: sse(started, open(), say('Hi'), event, close, finished),
  expect,
})

export const agUiRows: readonly Row[] = [
  {
    name: 'cut before RUN_FINISHED',
    body: cutBefore(whole, 'data: {"type":"RUN_FINISHED"'),
    expect: { text: answer.text, ending: 'truncated' },
  },
  {
    name: 'cut inside an event',
    body: cutAfter(whole, 'Wör'),
    expect: { text: 'Grüße, ', ending: 'truncated' },
  },
  {
    name: 'several turns in one body, drained to its end',
    body: sse(
      started,
      open(),
      say('One.'),
      close,
      used(1, 2),
      started,
      open('n'),
      say('Two.', 'n'),
      used(3, 4),
    ),
    expect: { text: 'One.Two.', ending: 'end stop', usage: [4, 6] },
  },
  {
    name: 'a second turn that is cut',
    body: sse(started, open(), say('One.'), close, finished, started, open('n'), say('Tw', 'n')),
    expect: { text: 'One.Tw', ending: 'truncated' },
  },
  {
    name: 'text after the run without another run',
    body: sse(started, open(), say('Hi'), close, finished, say(' again')),
    expect: { text: 'Hi', ending: 'end stop' },
  },
  {
    name: 'RUN_FINISHED twice',
    body: sse(started, open(), say('Hi'), close, finished, finished),
    expect: { text: 'Hi', ending: 'end stop' },
  },
  {
    name: 'an error',
    body: sse(started, open(), say('Hi'), { type: 'RUN_ERROR', message: 'secret', code: 'overloaded' }),
    expect: { text: 'Hi', ending: 'provider overloaded' },
  },
  {
    name: 'an error, then a finish',
    body: sse(started, open(), say('Hi'), { type: 'RUN_ERROR', message: 'secret' }, finished),
    expect: { text: 'Hi', ending: 'provider' },
  },
  {
    name: 'a cancelled run',
    body: sse(started, open(), say('Hi'), { ...finished, outcome: { type: 'cancelled' } }),
    expect: { text: 'Hi', ending: 'truncated cancelled' },
  },
  {
    name: 'a run that waits for a person',
    body: sse(started, open(), say('Hi'), { ...finished, outcome: { type: 'interrupt', interrupts: [] } }),
    expect: { text: 'Hi', ending: 'end other' },
  },
  {
    name: 'TanStack AI: content filter, with usage in its own words',
    body: sse(
      started,
      open(),
      say('Hi'),
      { ...finished, finishReason: 'content_filter', usage: { promptTokens: 5, completionTokens: 6 } },
      '[DONE]',
    ),
    expect: { text: 'Hi', ending: 'refusal content_filter', usage: [5, 6] },
  },
  {
    name: 'TanStack AI: content filter, in the metadata of the event',
    body: sse(started, open(), say('Hi'), {
      ...finished,
      metadata: { tanstack: { model: 'm', finishReason: 'content_filter' } },
    }),
    expect: { text: 'Hi', ending: 'refusal content_filter' },
  },
  {
    name: 'TanStack AI: a tool between two runs',
    body: sse(
      started,
      ...calling,
      { ...finished, finishReason: 'tool_calls' },
      { type: 'TOOL_CALL_RESULT', messageId: 'x', toolCallId: 'c', content: '2' },
      started,
      open('n'),
      say('Two.', 'n'),
      { ...finished, finishReason: 'stop' },
      '[DONE]',
    ),
    expect: {
      text: 'Two.',
      ending: 'end stop',
      tools: ['add input-available {"x":1}', 'add output-available "2"'],
    },
  },
  {
    name: 'a call that the page has to answer',
    body: sse(started, ...calling, finished),
    expect: { text: '', ending: 'end tool-calls', tools: ['add input-available {"x":1}'] },
  },
  {
    name: 'chunks instead of start, content and end',
    body: sse(
      started,
      { type: 'TEXT_MESSAGE_CHUNK', messageId: 'm', role: 'assistant', delta: 'H' },
      { type: 'TEXT_MESSAGE_CHUNK', delta: 'i' },
      { type: 'TOOL_CALL_CHUNK', toolCallId: 'c', toolCallName: 'add', delta: '{"x"' },
      { type: 'TOOL_CALL_CHUNK', delta: ':1}' },
      finished,
    ),
    expect: { text: 'Hi', ending: 'end tool-calls', tools: ['add input-available {"x":1}'] },
  },
  {
    name: 'reasoning, in its new and its old form',
    body: sse(
      started,
      { type: 'REASONING_START', messageId: 'x' },
      { type: 'REASONING_MESSAGE_CONTENT', messageId: 'x', delta: 'Hm' },
      { type: 'THINKING_TEXT_MESSAGE_CONTENT', delta: 'm.' },
      { type: 'REASONING_ENCRYPTED_VALUE', encryptedValue: 'abc' },
      open(),
      say('Hi'),
      finished,
    ),
    expect: { text: 'Hi', reasoning: 'Hmm.', ending: 'end stop' },
  },
  {
    name: "a message of the user, and a subagent's work",
    body: sse(
      started,
      open('u', 'user'),
      say('Question', 'u'),
      { ...say('Working', 's'), subagentRunId: 'sub' },
      open(),
      say('Hi'),
      finished,
    ),
    expect: { text: 'Hi', reasoning: 'Working', ending: 'end stop' },
  },
  {
    name: 'an agent that sends only the thread when it is done',
    body: sse(
      started,
      {
        type: 'MESSAGES_SNAPSHOT',
        messages: [
          { id: '1', role: 'assistant', content: 'Earlier' },
          { id: '2', role: 'user', content: 'Question' },
          { id: '3', role: 'assistant', content: 'Hi' },
        ],
      },
      finished,
    ),
    expect: { text: 'Hi', ending: 'end stop' },
  },
  once(
    'the thread repeated after it was streamed',
    { type: 'MESSAGES_SNAPSHOT', messages: [{ id: 'm', role: 'assistant', content: 'Hi' }] },
    { text: 'Hi', ending: 'end stop' },
  ),
  once('an unknown event', { type: 'RUN_DANCED' }, { text: 'Hi', ending: 'end stop', unknown: 1 }),
  once(
    'state and custom events',
    { type: 'STATE_SNAPSHOT', snapshot: { a: 1 } },
    { text: 'Hi', ending: 'end stop', data: ['state#state={"a":1}'] },
  ),
  once(
    'our metadata in a custom event',
    { type: 'CUSTOM', name: 'evenkeel', value: { prompt: 'draft', version: '3' } },
    { text: 'Hi', ending: 'end stop', metadata: ['{"prompt":"draft","version":"3"}'] },
  ),
]
