import type { Protocol } from './protocol.ts'
import { agUi } from './protocols/ag-ui.ts'
import { aiSdk } from './protocols/ai-sdk.ts'
import { anthropic } from './protocols/anthropic.ts'
import { ndjson } from './protocols/ndjson.ts'
import { ollama } from './protocols/ollama.ts'
import { openaiChat } from './protocols/openai-chat.ts'
import { openaiResponses } from './protocols/openai-responses.ts'

/**
 * Every protocol of JSON events, in the order in which they are asked whether an event is theirs: those
 * whose events bear telling names first, our own loose shape last.
 */
export const PROTOCOLS: readonly Protocol[] = [
  openaiResponses,
  anthropic,
  agUi,
  aiSdk,
  openaiChat,
  ollama,
  ndjson,
]

/**
 * Loads decoders before they are needed: all, or the one that a step names. Without it, the first answer
 * of a protocol waits for its decoder to load; the AI SDK's and plain text are always there.
 */
export async function preloadProtocols(name?: string): Promise<void> {
  const wanted = PROTOCOLS.filter((protocol) => name === undefined || protocol.name === name)
  await Promise.all(wanted.map((protocol) => protocol.load()))
}
