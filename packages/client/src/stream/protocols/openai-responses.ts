import { loadedOnce, type Protocol } from '../protocol.ts'

/**
 * OpenAI Responses, also as spoken by Azure, LM Studio, vLLM and OpenRouter. Its ends are
 * `response.completed`, `response.incomplete`, `response.failed` and `error`. A response that ended in a
 * function call may be followed by another one in the same body.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export const openaiResponses: Protocol = {
  name: 'openai-responses',
  ownEnd: '`response.completed`',
  recognisesHeaders: () => false,
  recognises: ({ type, sequence_number }) =>
    typeof type === 'string' &&
    (type.startsWith('response.') || (type === 'error' && sequence_number !== undefined)),
  load: loadedOnce(() =>
    import('./openai-responses-decoder.ts').then((chunk) => chunk.createOpenaiResponsesDecoder),
  ),
}
