import type { Emit } from '../event.ts'
import { asArray, asKey, asObject, asText, isObject, type JsonObject, nameOf } from '../json-value.ts'
import { createToolCalls } from '../tool-calls.ts'

/** The content blocks of one message after the other. */
export interface AnthropicBlocks {
  start(index: unknown, block: JsonObject | null): void
  delta(index: unknown, delta: JsonObject | null): void
  stop(index: unknown): void
  stopAll(): void
  /** Another message begins and counts its blocks anew. */
  nextMessage(): void
}

/** Blocks without anything to show, and deltas that only sign or compress. */
const SILENT_BLOCKS = new Set(['redacted_thinking', 'container_upload', 'compaction', 'fallback'])
const SILENT_DELTAS = new Set(['signature_delta', 'compaction_delta'])

export function createAnthropicBlocks(emit: Emit): AnthropicBlocks {
  const tools = createToolCalls(emit)
  let messages = 0
  const ids = new Map<unknown, string>()

  /** Unique in the body, because every message counts from 0. */
  function idOf(index: unknown): string {
    const known = ids.get(index)
    if (known !== undefined) return known
    const id = messages === 0 ? asKey(index) : `${messages}.${asKey(index)}`
    ids.set(index, id)
    return id
  }

  function text(type: 'text' | 'reasoning', index: unknown, delta: unknown): void {
    if (typeof delta === 'string' && delta !== '') emit({ type, id: idOf(index), delta })
  }

  function startTool(index: unknown, block: JsonObject, providerExecuted: boolean): void {
    const id = asText(block.id) ?? idOf(index)
    tools.start(index, id, asText(block.name), providerExecuted ? { providerExecuted } : {})
    // Calls that are not streamed come whole.
    if (isObject(block.input) && Object.keys(block.input).length > 0) tools.complete(index, block.input)
  }

  function readResult(block: JsonObject): void {
    const id = asText(block.tool_use_id)
    if (id === null) return
    const problem = asObject(block.content)
    if (block.is_error === true || /_error$/.test(asText(problem?.type) ?? '')) {
      tools.fail(id, asText(problem?.error_code) ?? 'error')
      return
    }
    tools.succeed(id, block.content)
    for (const result of asArray(block.content)) {
      const found = asObject(result)
      if (found?.type === 'web_search_result') source(asText(found.url), asText(found.title))
    }
  }

  function source(url: string | null, title: string | null, document?: unknown): void {
    const id = url ?? (document === undefined ? null : `document-${asKey(document)}`)
    if (id !== null) emit({ type: 'source', id, url, title, mediaType: null })
  }

  return {
    start(index, block) {
      if (block === null) return
      const type = asText(block.type) ?? ''
      if (type === 'text') text('text', index, block.text)
      else if (type === 'thinking') text('reasoning', index, block.thinking)
      else if (type === 'tool_use') startTool(index, block, false)
      else if (type.endsWith('tool_use')) startTool(index, block, true)
      else if (type.endsWith('tool_result')) readResult(block)
      else if (!SILENT_BLOCKS.has(type)) emit({ type: 'unknown', name: nameOf(type) })
    },
    delta(index, delta) {
      if (delta === null) return
      switch (delta.type) {
        case 'text_delta':
          text('text', index, delta.text)
          return
        case 'thinking_delta':
          text('reasoning', index, delta.thinking)
          return
        case 'input_json_delta':
          if (typeof delta.partial_json === 'string') tools.append(index, delta.partial_json)
          return
        case 'citations_delta': {
          const citation = asObject(delta.citation)
          const title = asText(citation?.title) ?? asText(citation?.document_title)
          source(
            asText(citation?.url) ?? asText(citation?.source),
            title,
            citation?.document_index ?? undefined,
          )
          return
        }
        default:
          if (!SILENT_DELTAS.has(asText(delta.type) ?? '')) {
            emit({ type: 'unknown', name: nameOf(delta.type) })
          }
      }
    },
    stop: (index) => tools.complete(index),
    stopAll: () => tools.completeAll(),
    nextMessage() {
      messages += 1
      ids.clear()
      tools.forgetKeys()
    },
  }
}
