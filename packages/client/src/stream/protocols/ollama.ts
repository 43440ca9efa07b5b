import { isObject } from '../json-value.ts'
import { loadedOnce, type Protocol } from '../protocol.ts'

/**
 * Ollama's own lines, of `/api/chat` and `/api/generate`. The line with `done: true` is the end.
 * @see https://docs.ollama.com/api/streaming
 */
export const ollama: Protocol = {
  name: 'ollama',
  ownEnd: '`"done":true`',
  recognisesHeaders: () => false,
  recognises: ({ done, response, message }) =>
    typeof done === 'boolean' && (typeof response === 'string' || isObject(message)),
  load: loadedOnce(() => import('./ollama-decoder.ts').then((chunk) => chunk.createOllamaDecoder)),
}
