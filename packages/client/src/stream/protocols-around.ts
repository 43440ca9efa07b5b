import type { Protocol } from './protocol.ts'
import { agUi } from './protocols/ag-ui.ts'
import type { aiSdk } from './protocols/ai-sdk.ts'
import { isAiSdkChunk } from './protocols/ai-sdk-chunk.ts'
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
export function protocolsAround({ createDecoder, ...known }: typeof aiSdk): readonly Protocol[] {
  const ours: Protocol = { ...known, recognises: isAiSdkChunk, load: () => createDecoder }
  return [openaiResponses, anthropic, agUi, ours, openaiChat, ollama, ndjson]
}
