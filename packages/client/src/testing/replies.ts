import { formatMetadata, HEADER, type ServerMetadata } from '@evenkeel/shared'
import type { ScriptedPiece, ScriptedReply } from './scripted-server.ts'

/** How a streamed reply goes. */
export interface StreamOptions extends Pick<ScriptedReply, 'headAfterMs' | 'ending' | 'headers'> {
  /** From one piece to the next; all at once where absent. */
  readonly everyMs?: number
  /** What the server says of the answer. */
  readonly metadata?: ServerMetadata
}

/** An answer in the AI SDK's UI message stream, one delta for each text. With another `ending` than `close` it is cut after the last text. */
export function answerReply(texts: readonly string[], options: StreamOptions = {}): ScriptedReply {
  const { ending = 'close', everyMs = 0 } = options
  const opening = [{ type: 'start' }, { type: 'text-start', id: 't1' }]
  const closing = [
    { type: 'text-end', id: 't1' },
    { type: 'finish', finishReason: 'stop' },
  ]
  const deltas = texts.map((delta) => ({ type: 'text-delta', id: 't1', delta }))
  return {
    ...headOf(options, { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' }),
    body: [
      { afterMs: 0, text: opening.map(event).join('') },
      ...deltas.map((delta) => ({ afterMs: everyMs, text: event(delta) })),
      ...(ending === 'close' ? [{ afterMs: 0, text: `${closing.map(event).join('')}data: [DONE]\n\n` }] : []),
    ],
    ending,
  }
}

/** Any chunks of the AI SDK's UI message stream, as they are; nothing is added to them. */
export function chunksReply(chunks: readonly object[], options: StreamOptions = {}): ScriptedReply {
  return {
    ...headOf(options, { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' }),
    body: pieces(chunks.map(event), options),
    ending: options.ending ?? 'close',
  }
}

/** An answer as plain text. */
export function textReply(texts: readonly string[], options: StreamOptions = {}): ScriptedReply {
  return {
    ...headOf(options, { 'content-type': 'text/plain; charset=utf-8' }),
    body: pieces(texts, options),
    ending: options.ending ?? 'close',
  }
}

/** A status without an answer. */
export function statusReply(status: number, options: StreamOptions = {}): ScriptedReply {
  return { ...headOf(options, {}), status }
}

/** A page of HTML with a 200, as a login wall gives it. */
export function htmlReply(): ScriptedReply {
  return {
    headers: { 'content-type': 'text/html' },
    body: [{ afterMs: 0, text: '<!doctype html><p>Log in' }],
  }
}

/** A server that cannot be reached. */
export function unreachable(headAfterMs = 0): ScriptedReply {
  return { status: null, headAfterMs }
}

function event(chunk: object): string {
  return `data: ${JSON.stringify(chunk)}\n\n`
}

function pieces(texts: readonly string[], { everyMs = 0 }: StreamOptions): ScriptedPiece[] {
  return texts.map((text) => ({ afterMs: everyMs, text }))
}

function headOf(options: StreamOptions, own: Record<string, string>): ScriptedReply {
  const { metadata, headers, headAfterMs = 0 } = options
  const said = metadata === undefined ? '' : formatMetadata(metadata)
  return {
    headAfterMs,
    headers: { ...own, ...(said === '' ? {} : { [HEADER.evenkeel]: said }), ...headers },
  }
}
