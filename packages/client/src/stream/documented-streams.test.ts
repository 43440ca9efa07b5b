import { describe, expect, it } from 'vitest'
import type { StreamEvent } from './event.ts'
import { joinDeltas, readBody } from './read-body.ts'

/**
 * Answers as the providers' public documentation describes their wire, written out byte for byte with the fields
 * that nobody reads: signatures, obfuscation, log probabilities, sequence numbers.
 */
const SSE = { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }

const named = (...events: readonly (object & { readonly type: string })[]): string =>
  events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
const bare = (...events: readonly (object | '[DONE]')[]): string =>
  events.map((event) => `data: ${event === '[DONE]' ? event : JSON.stringify(event)}\n\n`).join('')

const text = (events: readonly StreamEvent[]) => joinDeltas(events, 'text')
const reasoning = (events: readonly StreamEvent[]) => joinDeltas(events, 'reasoning')
const usage = (events: readonly StreamEvent[]) => events.findLast((event) => event.type === 'usage')?.usage
const unknown = (events: readonly StreamEvent[]) =>
  events.flatMap((event) => (event.type === 'unknown' ? [event.name] : []))
const sources = (events: readonly StreamEvent[]) =>
  events.flatMap((event) => (event.type === 'source' ? [[event.url, event.title]] : []))
const tools = (events: readonly StreamEvent[]) =>
  events.flatMap((event) =>
    event.type === 'tool' && event.state !== 'input-streaming'
      ? [[event.id, event.name, event.state, event.input ?? event.output ?? event.error]]
      : [],
  )

/** A stream read at once and one byte at a time, which must not make a difference. */
async function read(body: string): Promise<StreamEvent[]> {
  const events = await readBody(body, SSE)
  const bytes = new TextEncoder().encode(body)
  expect(
    await readBody(
      [...bytes].map((byte) => Uint8Array.of(byte)),
      SSE,
    ),
  ).toEqual(events)
  return events
}

describe('OpenAI chat completions', () => {
  const chunk = (choices: readonly object[], more: object = {}) => ({
    id: 'chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG',
    object: 'chat.completion.chunk',
    created: 1741570283,
    model: 'gpt-4.1-2025-04-14',
    service_tier: 'default',
    system_fingerprint: 'fp_fc9f1d7035',
    choices,
    usage: null,
    obfuscation: 'kQ3xw1',
    ...more,
  })
  const choice = (delta: object, finish_reason: string | null = null, logprobs: unknown = null) => ({
    index: 0,
    delta,
    logprobs,
    finish_reason,
  })

  it('reads text with log probabilities, and the usage chunk that has no choice', async () => {
    const logprobs = (token: string) => ({
      content: [{ token, logprob: -0.31725305, bytes: [72, 101], top_logprobs: [{ token, logprob: -0.3 }] }],
      refusal: null,
    })
    const events = await read(
      bare(
        chunk([
          choice({ role: 'assistant', content: '', refusal: null }, null, { content: [], refusal: null }),
        ]),
        chunk([choice({ content: 'Hello' }, null, logprobs('Hello'))]),
        chunk([choice({ content: ' — ça va ?' }, null, logprobs(' — ça va ?'))]),
        chunk([choice({}, 'stop')]),
        chunk([], {
          usage: {
            prompt_tokens: 19,
            completion_tokens: 10,
            total_tokens: 29,
            prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
            completion_tokens_details: { reasoning_tokens: 0, accepted_prediction_tokens: 0 },
          },
        }),
        '[DONE]',
      ),
    )
    expect(text(events)).toBe('Hello — ça va ?')
    expect(usage(events)).toEqual({ inputTokens: 19, outputTokens: 10 })
    expect(unknown(events)).toEqual([])
    expect(events.at(-1)).toEqual({ type: 'end', reason: 'stop', rawReason: 'stop', verified: true })
  })

  it('reads a word of text and then two calls, each in pieces', async () => {
    const call = (index: number, more: object) => choice({ tool_calls: [{ index, ...more }] })
    const events = await read(
      bare(
        chunk([choice({ role: 'assistant', content: null })]),
        chunk([choice({ content: 'One moment.' })]),
        chunk([
          call(0, {
            id: 'call_DdmO9pD3xa9XTPNJ32zg2hcA',
            type: 'function',
            function: { name: 'get_weather', arguments: '' },
          }),
        ]),
        chunk([call(0, { function: { arguments: '{"lo' } })]),
        chunk([call(0, { function: { arguments: 'cation":"Paris, \\"FR\\""}' } })]),
        chunk([call(1, { id: 'call_2', type: 'function', function: { name: 'get_time', arguments: '{}' } })]),
        chunk([choice({}, 'tool_calls')]),
        '[DONE]',
      ),
    )
    expect(text(events)).toBe('One moment.')
    expect(tools(events)).toEqual([
      ['call_DdmO9pD3xa9XTPNJ32zg2hcA', 'get_weather', 'input-available', { location: 'Paris, "FR"' }],
      ['call_2', 'get_time', 'input-available', {}],
    ])
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'tool-calls' })
  })

  it('reads a refusal of a structured answer, whose words are not shown', async () => {
    const events = await read(
      bare(
        chunk([choice({ role: 'assistant', content: null, refusal: '' })]),
        chunk([choice({ refusal: 'I’m sorry, ' })]),
        chunk([choice({ refusal: 'I cannot help with that.' })]),
        chunk([choice({}, 'stop')]),
        '[DONE]',
      ),
    )
    expect(text(events)).toBe('')
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: 'refusal', code: 'refusal' })
  })

  it('keeps the code of a limit that is met in the middle, and no word of its message', async () => {
    const events = await read(
      bare(chunk([choice({ role: 'assistant', content: 'Well' })]), {
        error: {
          message: 'Rate limit reached for gpt-4.1 in organization org-secret on tokens per min.',
          type: 'tokens',
          param: null,
          code: 'rate_limit_exceeded',
        },
      }),
    )
    expect(text(events)).toBe('Well')
    expect(events.at(-1)).toMatchObject({ failure: 'provider', code: 'rate_limit_exceeded' })
    expect(JSON.stringify(events)).not.toContain('org-secret')
  })
})

describe('OpenAI Responses', () => {
  let sequence_number = 0
  const event = <Type extends string>(type: Type, more: object = {}) => ({
    type,
    sequence_number: sequence_number++,
    ...more,
  })
  const response = (status: string, more: object = {}) => ({
    response: {
      id: 'resp_67c9fdcecf488190bdd9a0409de3a1ec07b8b0ad4e5eb654',
      object: 'response',
      created_at: 1741290958,
      status,
      error: null,
      incomplete_details: null,
      model: 'gpt-5-2025-08-07',
      output: [],
      reasoning: { effort: 'high', summary: 'detailed' },
      usage: null,
      ...more,
    },
  })
  const tokens = {
    usage: {
      input_tokens: 37,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 11,
      output_tokens_details: { reasoning_tokens: 8 },
      total_tokens: 48,
    },
  }
  const begin = () => [
    event('response.created', response('in_progress')),
    event('response.in_progress', response('in_progress')),
  ]
  const say = (delta: string, output_index: number, content_index = 0) =>
    event('response.output_text.delta', {
      item_id: `msg_${output_index}`,
      output_index,
      content_index,
      delta,
      logprobs: [],
      obfuscation: 'wR8',
    })

  it('keeps the parts of a reasoning summary apart from the answer, and each other', async () => {
    const part = { item_id: 'rs_1', output_index: 0 }
    const events = await read(
      named(
        ...begin(),
        event('response.output_item.added', {
          output_index: 0,
          item: { id: 'rs_1', type: 'reasoning', summary: [], encrypted_content: 'gAAAA' },
        }),
        event('response.reasoning_summary_part.added', { ...part, summary_index: 0, part: {} }),
        event('response.reasoning_summary_text.delta', { ...part, summary_index: 0, delta: '**Adding**' }),
        event('response.reasoning_summary_text.done', { ...part, summary_index: 0, text: '**Adding**' }),
        event('response.reasoning_summary_part.done', { ...part, summary_index: 0, part: {} }),
        event('response.reasoning_summary_part.added', { ...part, summary_index: 1, part: {} }),
        event('response.reasoning_summary_text.delta', { ...part, summary_index: 1, delta: '**Checking**' }),
        event('response.output_item.done', { output_index: 0, item: { id: 'rs_1', type: 'reasoning' } }),
        event('response.output_item.added', {
          output_index: 1,
          item: { id: 'msg_1', type: 'message', status: 'in_progress', role: 'assistant', content: [] },
        }),
        event('response.content_part.added', { output_index: 1, content_index: 0, part: { text: '' } }),
        say('It is ', 1),
        say('4.', 1),
        event('response.output_text.done', { output_index: 1, content_index: 0, text: 'It is 4.' }),
        event('response.content_part.done', {
          output_index: 1,
          content_index: 0,
          part: { text: 'It is 4.' },
        }),
        event('response.output_item.done', {
          output_index: 1,
          item: { type: 'message', content: [{ type: 'output_text', text: 'It is 4.', annotations: [] }] },
        }),
        event('response.completed', response('completed', tokens)),
      ),
    )
    expect(text(events)).toBe('It is 4.')
    expect(reasoning(events)).toBe('**Adding****Checking**')
    expect(new Set(events.flatMap((each) => (each.type === 'reasoning' ? [each.id] : []))).size).toBe(2)
    expect(usage(events)).toEqual({ inputTokens: 37, outputTokens: 11 })
    expect(events).toContainEqual({ type: 'model', model: 'gpt-5-2025-08-07' })
    expect(unknown(events)).toEqual([])
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stop', verified: true })
  })

  it('says of an answer that ran out of tokens why it ended, with what there is of it', async () => {
    const events = await read(
      named(
        ...begin(),
        say('The first half', 0),
        event(
          'response.incomplete',
          response('incomplete', { incomplete_details: { reason: 'max_output_tokens' }, ...tokens }),
        ),
      ),
    )
    expect(text(events)).toBe('The first half')
    expect(events.at(-1)).toEqual({
      type: 'end',
      reason: 'length',
      rawReason: 'max_output_tokens',
      verified: true,
    })
  })

  it('reads a refusal after the beginning of an answer', async () => {
    const part = { item_id: 'msg_0', output_index: 0, content_index: 1 }
    const events = await read(
      named(
        ...begin(),
        say('Let me see. ', 0),
        event('response.content_part.added', { ...part, part: { type: 'refusal', refusal: '' } }),
        event('response.refusal.delta', { ...part, delta: 'I can’t ' }),
        event('response.refusal.delta', { ...part, delta: 'do that.' }),
        event('response.refusal.done', { ...part, refusal: 'I can’t do that.' }),
        event('response.completed', response('completed', tokens)),
      ),
    )
    expect(text(events)).toBe('Let me see. ')
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: 'refusal' })
  })

  it("reads the provider's own search, its citations, and what its code wrote", async () => {
    const events = await read(
      named(
        ...begin(),
        event('response.output_item.added', {
          output_index: 0,
          item: { id: 'ws_1', type: 'web_search_call', status: 'in_progress' },
        }),
        event('response.web_search_call.in_progress', { output_index: 0, item_id: 'ws_1' }),
        event('response.web_search_call.searching', { output_index: 0, item_id: 'ws_1' }),
        event('response.web_search_call.completed', { output_index: 0, item_id: 'ws_1' }),
        event('response.output_item.done', {
          output_index: 0,
          item: {
            id: 'ws_1',
            type: 'web_search_call',
            status: 'completed',
            action: { type: 'search', query: 'weather' },
          },
        }),
        event('response.output_item.added', {
          output_index: 1,
          item: { id: 'ci_1', type: 'code_interpreter_call', status: 'in_progress', code: '', outputs: null },
        }),
        event('response.code_interpreter_call.in_progress', { output_index: 1, item_id: 'ci_1' }),
        event('response.code_interpreter_call_code.delta', {
          output_index: 1,
          item_id: 'ci_1',
          delta: 'pri',
        }),
        event('response.code_interpreter_call_code.delta', {
          output_index: 1,
          item_id: 'ci_1',
          delta: 'nt(1)',
        }),
        event('response.code_interpreter_call_code.done', {
          output_index: 1,
          item_id: 'ci_1',
          code: 'print(1)',
        }),
        event('response.code_interpreter_call.interpreting', { output_index: 1, item_id: 'ci_1' }),
        event('response.code_interpreter_call.completed', { output_index: 1, item_id: 'ci_1' }),
        event('response.output_item.done', {
          output_index: 1,
          item: {
            id: 'ci_1',
            type: 'code_interpreter_call',
            status: 'completed',
            code: 'print(1)',
            container_id: 'cntr_1',
            outputs: [{ type: 'logs', logs: '1\n' }],
          },
        }),
        say('Sunny.', 2),
        event('response.output_text.annotation.added', {
          output_index: 2,
          content_index: 0,
          annotation_index: 0,
          annotation: {
            type: 'url_citation',
            start_index: 0,
            end_index: 6,
            url: 'https://weather.example/today?utm_source=openai',
            title: 'Weather',
          },
        }),
        event('response.output_text.annotation.added', {
          output_index: 2,
          content_index: 0,
          annotation_index: 1,
          annotation: { type: 'file_citation', file_id: 'file-1', filename: 'almanac.pdf', index: 3 },
        }),
        event('response.completed', response('completed', tokens)),
      ),
    )
    expect(text(events)).toBe('Sunny.')
    expect(tools(events)).toEqual([
      ['ws_1', 'web_search', 'input-available', { type: 'search', query: 'weather' }],
      ['ws_1', 'web_search', 'output-available', { type: 'search', query: 'weather' }],
      ['ci_1', 'code_interpreter', 'input-available', { code: 'print(1)' }],
      ['ci_1', 'code_interpreter', 'output-available', [{ type: 'logs', logs: '1\n' }]],
    ])
    expect(sources(events)).toEqual([
      ['https://weather.example/today?utm_source=openai', 'Weather'],
      [null, 'almanac.pdf'],
    ])
    expect(unknown(events)).toEqual([])
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stop' })
  })

  it('reads a function call whose name its last event repeats, and stops for it', async () => {
    const item = {
      id: 'fc_67ca09c6bedc8190a7abfec07b1a1332',
      type: 'function_call',
      call_id: 'call_unLAR8MvFNptuiZK6K6HCy5k',
      name: 'get_weather',
    }
    const place = { output_index: 0, item_id: item.id }
    const events = await read(
      named(
        ...begin(),
        event('response.output_item.added', {
          output_index: 0,
          item: { ...item, status: 'in_progress', arguments: '' },
        }),
        event('response.function_call_arguments.delta', { ...place, delta: '{"location":' }),
        event('response.function_call_arguments.delta', { ...place, delta: '"Paris"}' }),
        event('response.function_call_arguments.done', {
          ...place,
          name: 'get_weather',
          arguments: '{"location":"Paris"}',
        }),
        event('response.output_item.done', {
          output_index: 0,
          item: { ...item, status: 'completed', arguments: '{"location":"Paris"}' },
        }),
        event('response.completed', response('completed', tokens)),
      ),
    )
    expect(tools(events)).toEqual([
      ['call_unLAR8MvFNptuiZK6K6HCy5k', 'get_weather', 'input-available', { location: 'Paris' }],
    ])
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'tool-calls' })
  })

  it('keeps the code of a failure, and no word of its message', async () => {
    const events = await read(
      named(
        ...begin(),
        say('Hel', 0),
        event(
          'response.failed',
          response('failed', {
            error: { code: 'server_error', message: 'The model failed. Include req_secret in your email.' },
          }),
        ),
      ),
    )
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: 'provider', code: 'server_error' })
    expect(JSON.stringify(events)).not.toContain('req_secret')
  })
})

describe('Anthropic Messages', () => {
  const begin = (input_tokens = 472) => ({
    type: 'message_start',
    message: {
      id: 'msg_014p7gG3wDgGV9EUtLvnow3U',
      type: 'message',
      role: 'assistant',
      model: 'claude-opus-4-20250514',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: {
        input_tokens,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 20,
        output_tokens: 2,
        service_tier: 'standard',
      },
    },
  })
  const open = (index: number, content_block: object) => ({
    type: 'content_block_start',
    index,
    content_block,
  })
  const more = (index: number, delta: object) => ({ type: 'content_block_delta', index, delta })
  const close = (index: number) => ({ type: 'content_block_stop', index })
  const end = (stop_reason: string, output_tokens = 89, usage: object = {}) => [
    {
      type: 'message_delta',
      delta: { stop_reason, stop_sequence: null },
      usage: { output_tokens, ...usage },
    },
    { type: 'message_stop' },
  ]
  const ping = { type: 'ping' }

  it('reads text and a tool call whose input comes in broken pieces', async () => {
    const events = await read(
      named(
        begin(),
        open(0, { type: 'text', text: '' }),
        ping,
        more(0, { type: 'text_delta', text: 'Okay' }),
        more(0, { type: 'text_delta', text: ', let me check.' }),
        close(0),
        open(1, { type: 'tool_use', id: 'toolu_01T1x1fJ34qAmk2tNTrN7Up6', name: 'get_weather', input: {} }),
        more(1, { type: 'input_json_delta', partial_json: '' }),
        more(1, { type: 'input_json_delta', partial_json: '{"location":' }),
        more(1, { type: 'input_json_delta', partial_json: ' "San Francisc' }),
        more(1, { type: 'input_json_delta', partial_json: 'o, CA"}' }),
        close(1),
        ...end('tool_use'),
      ),
    )
    expect(text(events)).toBe('Okay, let me check.')
    expect(tools(events)).toEqual([
      ['toolu_01T1x1fJ34qAmk2tNTrN7Up6', 'get_weather', 'input-available', { location: 'San Francisco, CA' }],
    ])
    expect(usage(events)).toEqual({ inputTokens: 492, outputTokens: 89 })
    expect(unknown(events)).toEqual([])
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'tool-calls' })
  })

  it('keeps thoughts apart, those that are signed and those that are redacted', async () => {
    const events = await read(
      named(
        begin(),
        open(0, { type: 'thinking', thinking: '', signature: '' }),
        more(0, { type: 'thinking_delta', thinking: 'I need the GCD:\n' }),
        more(0, { type: 'thinking_delta', thinking: '1071 = 2 × 462 + 147' }),
        more(0, { type: 'signature_delta', signature: 'EqQBCgIYAhIM1gbcDa9GJwZA2b3h' }),
        close(0),
        open(1, { type: 'redacted_thinking', data: 'EmwKAhgBEgy3va3pzix' }),
        close(1),
        open(2, { type: 'text', text: '' }),
        more(2, { type: 'text_delta', text: 'It is **21**.' }),
        close(2),
        ...end('end_turn'),
      ),
    )
    expect(text(events)).toBe('It is **21**.')
    expect(reasoning(events)).toBe('I need the GCD:\n1071 = 2 × 462 + 147')
    expect(unknown(events)).toEqual([])
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stop' })
  })

  it('reads a search of its own, what it found, and text that is cut at its citations', async () => {
    const events = await read(
      named(
        begin(2679),
        open(0, { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} }),
        more(0, { type: 'input_json_delta', partial_json: '{"query":"weather NYC"}' }),
        close(0),
        open(1, {
          type: 'web_search_tool_result',
          tool_use_id: 'srvtoolu_1',
          content: [
            {
              type: 'web_search_result',
              title: 'NYC',
              url: 'https://weather.example/nyc',
              encrypted_content: 'Ev0DCioIAxgCIiQ',
              page_age: null,
            },
          ],
        }),
        close(1),
        open(2, { type: 'text', text: '' }),
        more(2, { type: 'text_delta', text: 'It is ' }),
        close(2),
        open(3, { type: 'text', text: '', citations: [] }),
        more(3, {
          type: 'citations_delta',
          citation: {
            type: 'web_search_result_location',
            cited_text: '12 degrees',
            url: 'https://weather.example/nyc',
            title: 'NYC',
            encrypted_index: 'Eo8BCioIAhgB',
          },
        }),
        more(3, { type: 'text_delta', text: '12 degrees' }),
        close(3),
        open(4, { type: 'text', text: '' }),
        more(4, { type: 'text_delta', text: '.' }),
        close(4),
        ...end('end_turn', 510, {
          input_tokens: 10682,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: 0,
          server_tool_use: { web_search_requests: 1 },
        }),
      ),
    )
    expect(text(events)).toBe('It is 12 degrees.')
    expect(tools(events).map(([id, name, state]) => [id, name, state])).toEqual([
      ['srvtoolu_1', 'web_search', 'input-available'],
      ['srvtoolu_1', 'web_search', 'output-available'],
    ])
    expect(sources(events)).toContainEqual(['https://weather.example/nyc', 'NYC'])
    expect(usage(events)).toEqual({ inputTokens: 10682, outputTokens: 510 })
    expect(unknown(events)).toEqual([])
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stop' })
  })

  it('tells an overload in the middle by its code', async () => {
    const events = await read(
      named(begin(), open(0, { type: 'text', text: '' }), more(0, { type: 'text_delta', text: 'Hel' }), {
        type: 'error',
        error: { type: 'overloaded_error', message: 'Overloaded' },
        request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy',
      } as { type: string }),
    )
    expect(text(events)).toBe('Hel')
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: 'provider', code: 'overloaded_error' })
  })

  it('reads a refusal in the middle of an answer, and a turn that pauses', async () => {
    const start = [
      begin(),
      open(0, { type: 'text', text: '' }),
      more(0, { type: 'text_delta', text: 'Sure' }),
    ]
    const refused = await read(named(...start, close(0), ...end('refusal')))
    expect(refused.at(-1)).toMatchObject({ type: 'failed', failure: 'refusal', code: 'refusal' })
    const paused = await read(named(...start, close(0), ...end('pause_turn')))
    expect(paused.at(-1)).toMatchObject({ type: 'end', reason: 'other', rawReason: 'pause_turn' })
  })

  it('is cut where the connection ends in the middle of a tool call', async () => {
    const events = await read(
      named(
        begin(),
        open(0, { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: {} }),
        more(0, { type: 'input_json_delta', partial_json: '{"location":' }),
      ),
    )
    expect(tools(events)).toEqual([])
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: 'truncated' })
  })
})
