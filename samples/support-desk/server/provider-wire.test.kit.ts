import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the stand-in for a provider was asked. */
export interface ProviderRequest {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
}

export interface FakeProvider {
  readonly url: string
  readonly requests: readonly ProviderRequest[]
  /** How the next request is answered; with words where nothing else is said. */
  next(answer: (response: ServerResponse, request: ProviderRequest) => void): void
  close(): Promise<void>
}

/** A server on loopback that speaks a provider's wire. */
export async function startFakeProvider(
  words: (response: ServerResponse, request: ProviderRequest) => void,
): Promise<FakeProvider> {
  const requests: ProviderRequest[] = []
  let once_: typeof words | null = null
  const server = createServer(async (incoming, outgoing) => {
    let text = ''
    for await (const chunk of incoming) text += chunk
    const request = { path: incoming.url ?? '', headers: incoming.headers, body: JSON.parse(text || '{}') }
    requests.push(request)
    const answer = once_ ?? words
    once_ = null
    answer(outgoing, request)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    next(answer) {
      once_ = answer
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const pieces = (text: string): string[] => text.match(/.{1,6}/gs) ?? []

/** Words as OpenAI's chat completions stream them. */
export function openAIWords(response: ServerResponse, text: string, model: unknown): void {
  const chunk = (delta: object, finish: string | null = null) =>
    `data: ${JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1,
      model,
      choices: [{ index: 0, delta, finish_reason: finish }],
    })}\n\n`
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(chunk({ role: 'assistant', content: '' }))
  for (const content of pieces(text)) response.write(chunk({ content }))
  response.write(chunk({}, 'stop'))
  const usage = { prompt_tokens: 21, completion_tokens: 8, total_tokens: 29 }
  response.write(
    `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model, choices: [], usage })}\n\n`,
  )
  response.end('data: [DONE]\n\n')
}

/** Words as Anthropic's messages stream them; as the tool's input where the request asks for an object by a tool. */
export function anthropicWords(response: ServerResponse, text: string, request: ProviderRequest): void {
  const event = (type: string, data: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`)
  const tools = request.body.tools as { name: string }[] | undefined
  const tool = tools?.[0]
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const { model } = request.body
  event('message_start', {
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 21, output_tokens: 1 },
    },
  })
  event('content_block_start', {
    index: 0,
    content_block:
      tool === undefined
        ? { type: 'text', text: '' }
        : { type: 'tool_use', id: 'toolu_1', name: tool.name, input: {} },
  })
  for (const piece of pieces(text)) {
    event('content_block_delta', {
      index: 0,
      delta:
        tool === undefined
          ? { type: 'text_delta', text: piece }
          : { type: 'input_json_delta', partial_json: piece },
    })
  }
  event('content_block_stop', { index: 0 })
  event('message_delta', {
    delta: { stop_reason: tool === undefined ? 'end_turn' : 'tool_use', stop_sequence: null },
    usage: { output_tokens: 8 },
  })
  event('message_stop', {})
  response.end()
}
