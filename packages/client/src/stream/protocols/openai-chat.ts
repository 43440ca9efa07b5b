import { loadedOnce, type Protocol } from '../protocol.ts'

/**
 * OpenAI chat completions, also as spoken by Azure, vLLM, LM Studio, Groq, OpenRouter, DeepSeek and others.
 * A `finish_reason` is the model's own end; usage may follow it, then `[DONE]`. Only the first choice is read.
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export const openaiChat: Protocol = {
  name: 'openai-chat',
  ownEnd: 'a `finish_reason` or `[DONE]`',
  recognisesHeaders: () => false,
  recognises: ({ object, choices, type }) =>
    object === 'chat.completion.chunk' || (Array.isArray(choices) && type === undefined),
  load: loadedOnce(() => import('./openai-chat-decoder.ts').then((chunk) => chunk.createOpenaiChatDecoder)),
}
