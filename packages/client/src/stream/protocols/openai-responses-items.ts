import type { Emit } from '../event.ts'
import { asArray, asKey, asObject, asText, type JsonObject, nameOf } from '../json-value.ts'
import { createToolCalls, type ToolCallTraits } from '../tool-calls.ts'

/** The output items of one response after the other. */
export interface ResponsesItems {
  readonly refused: boolean
  /** The page has to answer a function call before the turn goes on. */
  readonly waitsForTools: boolean
  text(message: JsonObject): void
  textDone(message: JsonObject): void
  reasoning(message: JsonObject): void
  input(message: JsonObject): void
  inputDone(message: JsonObject): void
  annotation(annotation: JsonObject | null): void
  refuse(): void
  added(message: JsonObject): void
  itemDone(message: JsonObject): void
  /** The whole output, as the closing event repeats it. */
  readOutput(output: readonly unknown[]): void
  nextResponse(): void
}

const CLIENT_TOOLS = new Map<string, ToolCallTraits>([
  ['function_call', {}],
  ['custom_tool_call', { plain: true }],
  ['local_shell_call', {}],
  ['computer_call', {}],
  ['apply_patch_call', {}],
])

const SILENT_ITEMS = /^(message|reasoning|compaction|mcp_list_tools|.+_call_output)$/

export function createResponsesItems(emit: Emit): ResponsesItems {
  const tools = createToolCalls(emit)
  let responses = 0
  let refused = false
  let waitsForTools = false
  // Blocks whose text came in pieces: the whole text that follows repeats it.
  let streamed = new Set<string>()
  let lastItem: unknown
  let lastPart: unknown
  let lastId = ''

  /** By position, because some servers give an item another id in every event. */
  function blockId(message: JsonObject): string {
    const item = message.output_index ?? message.item_id
    const part = message.content_index ?? message.summary_index
    if (item === lastItem && part === lastPart && lastId !== '') return lastId
    lastItem = item
    lastPart = part
    lastId = `${responses}.${asKey(item ?? 0)}.${asKey(part ?? 0)}`
    return lastId
  }

  const itemKey = (message: JsonObject) => message.output_index ?? message.item_id ?? 0

  function startTool(key: unknown, item: JsonObject): void {
    const type = asText(item.type) ?? ''
    const traits = CLIENT_TOOLS.get(type)
    if (traits !== undefined) waitsForTools = true
    const id = asText(item.call_id) ?? asText(item.id) ?? `${responses}.${asKey(key)}`
    tools.start(
      key,
      id,
      asText(item.name) ?? type.replace(/_call$/, ''),
      traits ?? { providerExecuted: true },
    )
  }

  function endTool(key: unknown, item: JsonObject): void {
    const type = asText(item.type) ?? ''
    if (!tools.has(key)) startTool(key, item)
    tools.complete(key, inputOf(item))
    if (CLIENT_TOOLS.has(type)) return
    const id = asText(item.call_id) ?? asText(item.id) ?? `${responses}.${asKey(key)}`
    if (item.status === 'failed' || (item.error !== undefined && item.error !== null)) {
      tools.fail(id, 'failed')
      return
    }
    tools.succeed(id, outputOf(type, item))
    if (type === 'image_generation_call') emitImage(item)
  }

  function emitImage(item: JsonObject): void {
    const image = asText(item.result)
    if (image === null) return
    const mediaType = `image/${asText(item.output_format) ?? 'png'}`
    emit({ type: 'file', url: `data:${mediaType};base64,${image}`, mediaType })
  }

  function textOnce(id: string, text: unknown): void {
    if (typeof text !== 'string' || text === '' || streamed.has(id)) return
    streamed.add(id)
    emit({ type: 'text', id, delta: text })
  }

  function readMessage(index: unknown, item: JsonObject): void {
    asArray(item.content).forEach((entry, part) => {
      const content = asObject(entry)
      if (content?.type === 'refusal') refused = true
      if (content?.type === 'output_text') {
        textOnce(blockId({ output_index: index, content_index: part }), content.text)
      }
    })
  }

  function itemDone(index: unknown, item: JsonObject | null): void {
    const type = asText(item?.type) ?? ''
    if (item === null) return
    if (type === 'message') readMessage(index, item)
    else if (type.endsWith('_call')) endTool(index, item)
    else if (type === 'mcp_approval_request') requestApproval(item)
    else if (!SILENT_ITEMS.test(type)) emit({ type: 'unknown', name: nameOf(type) })
  }

  function requestApproval(item: JsonObject): void {
    const id = asText(item.id) ?? ''
    emit({ type: 'tool', id, name: asText(item.name), state: 'approval-requested', approvalId: id })
    waitsForTools = true
  }

  return {
    get refused() {
      return refused
    },
    get waitsForTools() {
      return waitsForTools
    },
    text(message) {
      if (typeof message.delta !== 'string') return
      const id = blockId(message)
      if (streamed.size === 0 || !streamed.has(id)) streamed.add(id)
      emit({ type: 'text', id, delta: message.delta })
    },
    textDone: (message) => textOnce(blockId(message), message.text),
    reasoning(message) {
      if (typeof message.delta !== 'string') return
      emit({ type: 'reasoning', id: blockId(message), delta: message.delta })
    },
    input(message) {
      if (typeof message.delta === 'string') tools.append(itemKey(message), message.delta)
    },
    inputDone(message) {
      const key = itemKey(message)
      if (message.code === undefined) tools.complete(key, message.arguments ?? message.input)
      else tools.complete(key, { code: message.code })
    },
    annotation(annotation) {
      const url = asText(annotation?.url)
      const file = asText(annotation?.file_id)
      const id = url ?? file
      if (id === null) return
      const title = asText(annotation?.title) ?? asText(annotation?.filename)
      emit({ type: 'source', id, url, title, mediaType: null })
    },
    refuse() {
      refused = true
    },
    added(message) {
      const item = asObject(message.item)
      const type = asText(item?.type) ?? ''
      if (item !== null && type.endsWith('_call')) startTool(itemKey(message), item)
    },
    itemDone: (message) => itemDone(itemKey(message), asObject(message.item)),
    readOutput(output) {
      // Only where nothing was streamed: else every item has come already, under an index or an id.
      if (streamed.size > 0) return
      output.forEach((entry, index) => {
        const item = asObject(entry)
        if (item?.type === 'message') readMessage(index, item)
      })
    },
    nextResponse() {
      responses += 1
      refused = false
      waitsForTools = false
      streamed = new Set()
      lastId = ''
      tools.forgetKeys()
    },
  }
}

/** Each kind of call names its input in its own way. */
function inputOf(item: JsonObject): unknown {
  if (typeof item.code === 'string') return { code: item.code }
  if (Array.isArray(item.queries)) return { queries: item.queries }
  return item.arguments ?? item.input ?? item.action ?? item.operation ?? undefined
}

/** What a provider's own tool found, without the parts that were sent apart. */
function outputOf(type: string, item: JsonObject): unknown {
  if (type === 'image_generation_call') return null
  return item.output ?? item.outputs ?? item.results ?? item.action ?? null
}
