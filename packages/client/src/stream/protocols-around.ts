import type { Protocol } from './protocol.ts'
import { agUi } from './protocols/ag-ui.ts'
import { anthropic } from './protocols/anthropic.ts'
import { ndjson } from './protocols/ndjson.ts'
import { ollama } from './protocols/ollama.ts'
import { openaiChat } from './protocols/openai-chat.ts'
import { openaiResponses } from './protocols/openai-responses.ts'

/**
 * Every protocol of JSON events, in the order in which they are asked whether an event is theirs: those
 * whose events bear telling names first, our own loose shape last. The AI SDK's is given, because it is
 * loaded with what reads every answer.
 */
export function protocolsAround(aiSdk: Protocol): readonly Protocol[] {
  return [openaiResponses, anthropic, agUi, aiSdk, openaiChat, ollama, ndjson]
}
