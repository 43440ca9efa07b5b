import type { JsonObject } from '../json-value.ts'

const CHUNK =
  /^(start|finish|error|abort|custom|file|message-metadata|steering-message|data-.+|((text|reasoning)-(start|delta|end))|reasoning-file|source-(url|document)|(start|finish|reset)-step|tool-(input-(start|delta|available|error)|output-(available|error|denied)|approval-(request|response)))$/

/** Whether this is a chunk of the AI SDK's UI message stream, where no header says so. */
export function isAiSdkChunk({ type }: JsonObject): boolean {
  return typeof type === 'string' && CHUNK.test(type)
}
