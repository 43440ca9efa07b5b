import { asObject } from '../json-value.ts'
import { loadedOnce, type Protocol } from '../protocol.ts'

const EVENT = /^(message_(start|delta|stop)|content_block_(start|delta|stop))$/

/**
 * Anthropic Messages. `message_stop` is its end; the reason came before, in `message_delta`.
 * A message that stopped for a tool, or paused, may be followed by another one in the same body.
 * @see https://docs.claude.com/en/docs/build-with-claude/streaming
 */
export const anthropic: Protocol = {
  name: 'anthropic',
  ownEnd: '`message_stop`',
  recognisesHeaders: () => false,
  recognises: ({ type, error }) =>
    typeof type === 'string' &&
    (EVENT.test(type) || (type === 'error' && asObject(error)?.type !== undefined)),
  load: loadedOnce(() => import('./anthropic-decoder.ts').then((chunk) => chunk.createAnthropicDecoder)),
}
