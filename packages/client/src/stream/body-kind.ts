/** How to cut the body: SSE events, JSON lines or text as it comes; the others are no streams that we read. */
export type BodyKind = 'sse' | 'lines' | 'text' | 'json' | NotAStream

export type NotAStream = 'html' | 'ai-sdk-4' | 'file'

export interface BodyHint {
  /** Name of the protocol, where the step names one. */
  readonly named: string | undefined
  readonly headers: Headers
}

const LINES = /^application\/(x-)?(ndjson|jsonl|jsonlines|json-lines|json-seq|stream\+json)$/
/** Types that nobody gives to a stream by mistake, unlike `application/octet-stream`. */
const FILE = /^(image|audio|video|font|model)\/|^application\/(pdf|zip|gzip|wasm|x-tar)$/
const SSE_FIELD = /^(data|event|id|retry)?:/
const SSE_FIELDS = ['data:', 'event:', 'id:', 'retry:', ':']
/** A field name, or the start of a document, fits into this many characters. */
const ENOUGH = 64
/** A body that begins with more blanks than this is no stream that we know. */
const MAX_BLANKS = 1024

/**
 * Headers first, the first characters where the headers leave it open or lie: proxies answer with a page
 * of HTML under any content type, and small servers forget the content type. `null`: more of the body
 * is needed.
 */
export function bodyKind(hint: BodyHint, prefix: string, ended: boolean): BodyKind | null {
  const type = mediaType(hint.headers)
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html'
  if (hint.headers.has('x-vercel-ai-data-stream')) return 'ai-sdk-4'
  const declared = declaredKind(hint, type)
  // Its bytes would be shown as if they were words.
  if (declared === null && FILE.test(type)) return 'file'
  // Any text may be an answer, also one that begins with `<`.
  if (declared === 'text') return 'text'
  const start = prefix.trimStart()
  if (start === '') return ended || prefix.length > MAX_BLANKS ? (declared ?? 'text') : null
  if (start.startsWith('<')) {
    if (declared !== null || /^<(!doctype html|html|head|body)[\s>]/i.test(start)) return 'html'
    return ended || start.length >= ENOUGH ? 'text' : null
  }
  if (declared === 'sse' || declared === 'lines') return declared
  if (SSE_FIELD.test(start)) return 'sse'
  if (!ended && SSE_FIELDS.some((field) => field.startsWith(start))) return null
  if (declared === 'json') return 'json'
  return start.startsWith('{') ? 'lines' : 'text'
}

function declaredKind({ named, headers }: BodyHint, type: string): BodyKind | null {
  if (named === 'text') return 'text'
  if (named === 'ndjson' || LINES.test(type)) return 'lines'
  if (type === 'text/event-stream' || named !== undefined || headers.has('x-vercel-ai-ui-message-stream')) {
    return 'sse'
  }
  if (type === 'application/json' || type.endsWith('+json')) return 'json'
  return type === 'text/plain' || type === 'text/markdown' ? 'text' : null
}

function mediaType(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}
