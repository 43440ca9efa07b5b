import type { Failure } from './failure.ts'

/**
 * One sentence for developers: what happened and where to look. It stands apart from the table, because
 * only tools read it and a browser should not carry it.
 */
export const FAILURE_MEANING: Readonly<Record<Failure, string>> = {
  network: 'The server could not be reached, or the connection broke before its answer ended.',
  offline: 'The browser is offline; no model can be asked.',
  'timeout.first-token': 'Nothing visible arrived before the budget to give up was spent.',
  'timeout.complete': 'The answer was not complete in its budget.',
  'timeout.stall': 'The stream went silent for longer than stallMs.',
  'http.client': 'The server refused the request (4xx). Look at the request, the session or the route.',
  'http.rate-limit': 'The server is rate-limited (429 or 529); Retry-After is honoured.',
  'http.server': 'The server failed (5xx).',
  protocol: 'The body is not a stream that any reader knows: HTML, malformed frames, or an event too large.',
  truncated: "The body ended without the protocol's own end.",
  provider: 'The model provider reported an error inside the stream.',
  schema: "The answer does not pass the feature's schema.",
  refusal: 'The model declined, in the words of its own protocol.',
  empty:
    'Nothing visible came: the stream ended well without content, or the cache or the template had nothing to give.',
  killed: 'The kill switch stopped the attempt.',
  aborted: 'The attempt was superseded, hedged away or left.',
  bug: "An exception in Evenkeel's code or the app's own; it was caught and is in the record.",
}
