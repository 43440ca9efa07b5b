import { metadataFromObject } from '@evenkeel/shared'
import type { Emit } from './event.ts'
import { asCount, asObject, asText, type JsonObject } from './json-value.ts'

/** More stages than this are noise. */
const MAX_STAGES = 64

/**
 * The `evenkeel` object in the stream: the members of the header, and beside them `stages`
 * (milliseconds each) and `usage`, which are known only at the end.
 */
export function emitMetadata(value: unknown, emit: Emit): void {
  const said = asObject(value)
  if (said === null) return
  const stages = stagesOf(said.stages)
  emit({ type: 'metadata', metadata: metadataFromObject(said), ...(stages === null ? {} : { stages }) })
  emitUsage(said.usage, emit)
}

/** Usage in the AI SDK's words, as `{ inputTokens, outputTokens }` or `{ inputTokens: { total } }`. */
export function emitUsage(value: unknown, emit: Emit): void {
  const usage = asObject(value)
  if (usage === null) return
  const inputTokens = tokens(usage.inputTokens)
  const outputTokens = tokens(usage.outputTokens)
  if (inputTokens === null && outputTokens === null) return
  emit({ type: 'usage', usage: { inputTokens, outputTokens } })
}

/** What apps put into the AI SDK's message metadata: our own object, usage, and the model's name. */
export function emitMessageMetadata(value: unknown, emit: Emit): void {
  const metadata = asObject(value)
  if (metadata === null) return
  emitMetadata(metadata.evenkeel, emit)
  emitUsage(metadata.totalUsage ?? metadata.usage, emit)
  const model = asText(metadata.model) ?? asText(metadata.modelId)
  if (model !== null) emit({ type: 'model', model })
}

function tokens(value: unknown): number | null {
  return asCount(value) ?? asCount(asObject(value)?.total)
}

function stagesOf(value: unknown): Record<string, number> | null {
  const stages = asObject(value) as JsonObject | null
  if (stages === null) return null
  const known = Object.entries(stages).filter(
    (entry): entry is [string, number] => entry[0] !== '__proto__' && asCount(entry[1]) !== null,
  )
  return known.length === 0 ? null : Object.fromEntries(known.slice(0, MAX_STAGES))
}
