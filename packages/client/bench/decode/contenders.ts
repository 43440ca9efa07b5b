import { fetchServerSentEvents, StreamProcessor } from '@tanstack/ai-react'
import { DefaultChatTransport, readUIMessageStream, type UIMessage } from 'ai'
import { createParser } from 'eventsource-parser'
import { createReader } from '../../src/stream/create-reader.ts'
import type { Emit } from '../../src/stream/event.ts'
import type { SampleStream } from './streams.ts'

/** Reads one body and returns its text's length, so that nothing can be left out; 0 where it has none to give. */
export type Contender = (sample: SampleStream, chunks: readonly Uint8Array[]) => number | Promise<number>

/** What no reader of these bytes can do without. */
const floor: Contender = (_sample, chunks) => {
  const decoder = new TextDecoder()
  let events = 0
  const parser = createParser({
    onEvent({ data }) {
      if (data !== '[DONE]' && JSON.parse(data) !== null) events += 1
    },
  })
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }))
  if (events === 0) throw new Error('the floor read nothing')
  return 0
}

const evenkeel: Contender = (sample, chunks) => {
  const { emit, lengthRead } = counter()
  const reader = createReader({ status: 200, headers: new Headers(sample.headers) }, emit)
  for (const chunk of chunks) reader.push(chunk)
  reader.close()
  return lengthRead()
}

/** The same, from a response's body as a page has it, to stand beside the peers, which read only that. */
const evenkeelFromResponse: Contender = async (sample, chunks) => {
  const { emit, lengthRead } = counter()
  const response = responseOf(sample, chunks)
  const reader = createReader(response, emit)
  const body = response.body?.getReader()
  for (;;) {
    const part = await body?.read()
    if (part?.value === undefined) break
    reader.push(part.value)
  }
  reader.close()
  return lengthRead()
}

function counter(): { readonly emit: Emit; readonly lengthRead: () => number } {
  let length = 0
  let ended = false
  return {
    emit(event) {
      if (event.type === 'text') length += event.delta.length
      if (event.type === 'end') ended = true
    },
    lengthRead: () => (ended ? length : -1),
  }
}

/** What `useChat` of the AI SDK gets its chunks from. */
const aiSdkTransport: Contender = async (sample, chunks) => {
  let length = 0
  for await (const chunk of await openAiSdk(sample, chunks)) {
    if (chunk.type === 'text-delta') length += chunk.delta.length
  }
  return length
}

/** The same with its own folding of chunks into a message. */
const aiSdkMessages: Contender = async (sample, chunks) => {
  let last: UIMessage | null = null
  for await (const message of readUIMessageStream({ stream: await openAiSdk(sample, chunks) })) last = message
  return (last?.parts ?? []).reduce((sum, part) => sum + (part.type === 'text' ? part.text.length : 0), 0)
}

function openAiSdk(sample: SampleStream, chunks: readonly Uint8Array[]) {
  const transport = new DefaultChatTransport({ fetch: async () => responseOf(sample, chunks) })
  return transport.sendMessages({
    trigger: 'submit-message',
    chatId: 'bench',
    messageId: undefined,
    messages: [],
    abortSignal: undefined,
  })
}

/** What `useChat` of TanStack AI gets its chunks from. */
const tanstackConnection: Contender = async (sample, chunks) => {
  let length = 0
  for await (const chunk of openTanstack(sample, chunks)) {
    if (chunk.type === 'TEXT_MESSAGE_CONTENT') length += chunk.delta.length
  }
  return length
}

/** The same with its own folding of chunks into messages. */
const tanstackMessages: Contender = async (sample, chunks) => {
  const processor = new StreamProcessor()
  processor.prepareAssistantMessage()
  await processor.process(openTanstack(sample, chunks))
  return processor
    .getMessages()
    .flatMap(({ parts }) => parts)
    .reduce((sum, part) => sum + (part.type === 'text' ? part.content.length : 0), 0)
}

function openTanstack(sample: SampleStream, chunks: readonly Uint8Array[]) {
  const connection = fetchServerSentEvents('http://localhost/', {
    fetchClient: async () => responseOf(sample, chunks),
  })
  return connection.connect([])
}

function responseOf({ headers }: SampleStream, chunks: readonly Uint8Array[]): Response {
  let next = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[next++]
      if (chunk === undefined) controller.close()
      else controller.enqueue(chunk)
    },
  })
  return new Response(body as BodyInit, { headers })
}

const FROM_BYTES: Readonly<Record<string, Contender>> = { floor, evenkeel }

const PEERS: Readonly<Record<string, Readonly<Record<string, Contender>>>> = {
  'ai-sdk': {
    'evenkeel, from a response': evenkeelFromResponse,
    'ai sdk: chat transport': aiSdkTransport,
    'ai sdk: with its messages': aiSdkMessages,
  },
  'ag-ui': {
    'evenkeel, from a response': evenkeelFromResponse,
    'tanstack ai: connection': tanstackConnection,
    'tanstack ai: with its messages': tanstackMessages,
  },
}

export function contendersFor(protocol: string): Readonly<Record<string, Contender>> {
  return { ...FROM_BYTES, ...PEERS[protocol] }
}
