import { asArray, asObject, type JsonObject } from '../json-value.ts'

/** Content in parts, as Mistral sends it: text beside thinking. */
export function textOf(content: unknown): string {
  return joined(content, ({ type, text }) => (type === 'text' || type === 'output_text' ? text : ''))
}

/**
 * Thoughts, under the name that each server gives them: `reasoning_content` (DeepSeek, vLLM, xAI),
 * `reasoning` (OpenRouter, Groq, vLLM), parts of the content (Mistral), and `reasoning_details`
 * (OpenRouter), which repeats `reasoning` where both are sent.
 */
export function reasoningOf(delta: JsonObject): string {
  if (typeof delta.reasoning_content === 'string') return delta.reasoning_content
  if (typeof delta.reasoning === 'string') return delta.reasoning
  if (typeof delta.content === 'object' && delta.content !== null) {
    return joined(delta.content, ({ type, thinking }) => (type === 'thinking' ? thinkingOf(thinking) : ''))
  }
  if (delta.reasoning_details === undefined) return ''
  return joined(delta.reasoning_details, ({ text, summary }) => text ?? summary)
}

function thinkingOf(thinking: unknown): unknown {
  return typeof thinking === 'string' ? thinking : textOf(thinking)
}

function joined(parts: unknown, textOfPart: (part: JsonObject) => unknown): string {
  let text = ''
  for (const part of asArray(parts)) {
    const piece = textOfPart(asObject(part) ?? {})
    if (typeof piece === 'string') text += piece
  }
  return text
}
