import { ANTHROPIC_REFUSAL, FRAMINGS, type Framing, type Wire } from './framing.ts'

/** Where an answer is written. */
export interface Sink {
  writeHead(status: number, headers: Readonly<Record<string, string>>): void
  write(text: string): void
  end(text?: string | Buffer): void
  /** A reset, as a load balancer that restarts sends it, not an orderly end. */
  reset(): void
}

/** What a behaviour answers with. */
export interface Exchange {
  readonly response: Sink
  readonly wire: Wire
  /** Runs later, and not at all once the connection is closed. */
  after(delayMs: number, work: () => void): void
}

/** How a server answers one request. */
export type Behaviour = (exchange: Exchange) => void

/** Pieces between two of which a bad stream breaks off. */
const SHOWN_PIECES = 6
const PIECE_EVERY_MS = 12
const PING_EVERY_MS = 100

function head({ response, wire }: Exchange, headers: Readonly<Record<string, string>> = {}): Framing {
  const framing = FRAMINGS[wire]
  response.writeHead(200, { ...framing.headers, ...headers })
  return framing
}

/** Writes the frames one by one, and then goes on. Paced by the clock, so that a late tick is made up for. */
function write(exchange: Exchange, pieces: readonly string[], everyMs: number, then: () => void): void {
  const startedAt = performance.now()
  let sent = 0
  const tick = () => {
    const due = Math.min(pieces.length, 1 + Math.floor((performance.now() - startedAt) / everyMs))
    for (; sent < due; sent += 1) exchange.response.write(pieces[sent] ?? '')
    exchange.after(everyMs, sent < pieces.length ? tick : then)
  }
  tick()
}

/** A whole answer. */
export function whole(
  text: string,
  { everyMs = PIECE_EVERY_MS, headers = {} }: { everyMs?: number; headers?: Record<string, string> } = {},
): Behaviour {
  return (exchange) => {
    const framing = head(exchange, headers)
    exchange.response.write(framing.begin)
    write(exchange, framing.text(text), everyMs, () => void exchange.response.end(framing.end))
  }
}

/** The beginning of an answer, and then what goes wrong. */
function partly(text: string, fault: (exchange: Exchange, framing: Framing) => void): Behaviour {
  return (exchange) => {
    const framing = head(exchange)
    exchange.response.write(framing.begin)
    const pieces = framing.text(text).slice(0, SHOWN_PIECES)
    write(exchange, pieces, PIECE_EVERY_MS, () => exchange.after(60, () => fault(exchange, framing)))
  }
}

const reset = ({ response }: Exchange): void => response.reset()

export const resetBeforeHeaders: Behaviour = reset
export const neverAnswers: Behaviour = () => {}

export const slowFirstToken =
  (text: string, delayMs: number): Behaviour =>
  (exchange) => {
    const framing = head(exchange)
    exchange.response.write(framing.begin)
    // It is alive all the while, as a server is that searches before it speaks.
    const ticks = Array.from({ length: Math.max(1, Math.floor(delayMs / 300)) }, () => framing.progress)
    write(exchange, ticks, delayMs / ticks.length, () => {
      write(exchange, framing.text(text), PIECE_EVERY_MS, () => void exchange.response.end(framing.end))
    })
  }

export const stallsAfterTokens = (text: string): Behaviour => partly(text, () => {})

export const pingsOnly: Behaviour = (exchange) => {
  head(exchange)
  const ping = () => {
    exchange.response.write(': ping\n\n')
    exchange.after(PING_EVERY_MS, ping)
  }
  ping()
}

export const resetsMidStream = (text: string): Behaviour => partly(text, reset)
export const endsEarly = (text: string): Behaviour => partly(text, ({ response }) => void response.end())

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  ({ response }) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify({ error: `status ${code}` }))
  }

export const html: Behaviour = ({ response }) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  response.end('<!doctype html><html><body><h1>Please sign in</h1></body></html>')
}

export const emptyBody: Behaviour = (exchange) => {
  head(exchange)
  exchange.response.end()
}

/** The first bytes of a PNG, as such. */
export const picture: Behaviour = ({ response }) => {
  response.writeHead(200, { 'content-type': 'image/png' })
  response.end(Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex'))
}

export const malformedEvents: Behaviour = (exchange) => {
  head(exchange)
  exchange.response.end('this is no event stream\nnor is this a field\n\nand it ends here\n\n')
}

export const invalidJson = (text: string): Behaviour =>
  partly(text, ({ response }) => void response.end('data: {"type":"text-delta","id":"1","delta":oops}\n\n'))

export const providerError: Behaviour = (exchange) => {
  const framing = head(exchange)
  exchange.response.end(framing.begin + framing.error)
}

export const providerErrorMidStream = (text: string): Behaviour =>
  partly(text, ({ response }, framing) => void response.end(framing.error))

export const refusal: Behaviour = ({ response }) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(ANTHROPIC_REFUSAL)
}

export const contentFilter = (text: string): Behaviour =>
  partly(text, ({ response }, framing) => void response.end(framing.filtered))

export const emptyAnswer: Behaviour = (exchange) => {
  const framing = head(exchange)
  exchange.response.end(framing.begin + framing.end)
}

export const hugeEvent: Behaviour = (exchange) => {
  const framing = head(exchange)
  exchange.response.write(framing.begin)
  const [event = ''] = framing.text('x'.repeat(10 * 1024 * 1024))
  exchange.response.end(event + framing.end)
}
