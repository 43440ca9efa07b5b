import { loadedOnce, type Protocol } from '../protocol.ts'

/**
 * Our own shape for servers that speak no protocol: one JSON object a line (or an SSE event), any of these
 * members in it.
 *
 * | member | holds |
 * |---|---|
 * | `text`, `reasoning` | the next piece |
 * | `data` | a value for the page, with `name`, and with `id` where a later one replaces it |
 * | `usage` | `{ inputTokens, outputTokens }` |
 * | `model` | the answering model |
 * | `evenkeel` | the members of the `evenkeel` header |
 * | `error` | `{ code }`: the answer failed |
 * | `done` | `true`: the answer is whole; `reason` may be `stop`, `length`, `tool-calls`, `refusal`, `content-filter` |
 *
 * A line of any other protocol that we know is read by that protocol.
 */
export const ndjson: Protocol = {
  name: 'ndjson',
  ownEnd: '`{"done":true}`',
  recognisesHeaders: () => false,
  recognises: ({ type, text, reasoning, done, data, usage, name }) =>
    type === undefined &&
    (typeof text === 'string' ||
      typeof reasoning === 'string' ||
      typeof done === 'boolean' ||
      usage !== undefined ||
      (data !== undefined && typeof name === 'string')),
  load: loadedOnce(() => import('./ndjson-decoder.ts').then((chunk) => chunk.createNdjsonDecoder)),
}
