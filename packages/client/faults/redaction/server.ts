import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ANSWER, ANSWER_WORDS, PROMPT } from './words.ts'

/** One request as it came in: every byte of it that is a text. */
export interface Seen {
  readonly url: string
  readonly method: string
  readonly headers: string
  readonly body: string
}

export interface WitnessServer {
  readonly origin: string
  readonly seen: readonly Seen[]
  close(): Promise<void>
}

/** A product's server, or somebody else's, that writes down everything it is sent. */
export async function startWitness(page: string): Promise<WitnessServer> {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    seen.push({
      url: request.url ?? '',
      method: request.method ?? '',
      headers: request.rawHeaders.join('\n'),
      body,
    })
    answer(request.url ?? '', response, page)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`
const START = event({ type: 'start' }) + event({ type: 'text-start', id: 't' })
const END = `${event({ type: 'text-end', id: 't' })}${event({ type: 'finish', finishReason: 'stop' })}data: [DONE]\n\n`
const delta = (text: string) => event({ type: 'text-delta', id: 't', delta: text })
const STRUCTURED = { title: ANSWER, body: PROMPT, people: { [ANSWER_WORDS[0]]: { age: ANSWER_WORDS[1] } } }
const QUOTED = `Your request "${PROMPT}" was not accepted: ${ANSWER}`

function answer(url: string, response: ServerResponse, page: string): void {
  const stream = (body: string, isCut = false, own: object = { 'x-vercel-ai-ui-message-stream': 'v1' }) => {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      ...own,
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
    })
    response.write(body)
    if (isCut) setTimeout(() => response.destroy(), 30)
    else response.end()
  }
  const plain = (status: number, type: string, body: string) =>
    response
      .writeHead(status, {
        'content-type': type,
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
      })
      .end(body)
  switch (url.replace(/[?#].*/, '')) {
    case '/':
      return void plain(
        200,
        'text/html',
        '<!doctype html><title>product</title><script src="/page.js"></script>',
      )
    case '/page.js':
      return void plain(200, 'text/javascript', page)
    case '/api/answer':
      return stream(START + delta(ANSWER) + END)
    case '/api/structured':
      return stream(START + delta(JSON.stringify(STRUCTURED)) + END)
    case '/api/quoting':
      return stream(START + event({ type: 'error', errorText: QUOTED }))
    case '/api/refusing':
      // As OpenAI streams it; what should be a code is a sentence here.
      return stream(
        `${event({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: ANSWER } }] })}${event({ error: { message: QUOTED, code: QUOTED, type: QUOTED } })}`,
        false,
        {},
      )
    case '/api/cut':
      return stream(START + delta(ANSWER))
    case '/api/broken':
      return stream(START + delta(ANSWER), true)
    case '/api/html':
      return void plain(200, 'text/html', `<!doctype html><p>${QUOTED}`)
    case '/api/garbage':
      return stream(`data: {"type": "${ANSWER_WORDS[1]}", "${PROMPT}\n\nnonsense ${QUOTED}\n\n`)
    case '/api/busy':
      return void plain(500, 'application/json', JSON.stringify({ error: { message: QUOTED } }))
    case '/api/slow':
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' })
      response.write(START + delta(ANSWER))
      return
    default:
      plain(url.includes('/v1/') ? 200 : 404, 'application/json', '{}')
  }
}
