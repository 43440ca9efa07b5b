import type { Emit } from './event.ts'
import { parseToolInput } from './json-value.ts'

/** Who makes a call and how its input is written. */
export interface ToolCallTraits {
  readonly providerExecuted?: boolean
  /** The input is text as it is, not JSON. */
  readonly plain?: boolean
}

/**
 * Tool calls whose input arrives in pieces. A call is known under the protocol's own key (an index, an
 * item) while it arrives, and under its id ever after.
 */
export interface ToolCalls {
  has(key: unknown): boolean
  start(key: unknown, id: string, name: string | null, traits?: ToolCallTraits): void
  append(key: unknown, piece: string): void
  /** The input is whole: `whole` where the protocol repeats it, else the pieces. Nothing where it was said before. */
  complete(key: unknown, whole?: unknown): void
  completeAll(): void
  succeed(id: string, output: unknown): void
  fail(id: string, error: string): void
  /** Another response begins and counts its calls anew. */
  forgetKeys(): void
}

interface Call {
  readonly id: string
  readonly name: string | null
  readonly traits: ToolCallTraits
  readonly pieces: string[]
  completed: boolean
}

export function createToolCalls(emit: Emit): ToolCalls {
  const open = new Map<unknown, Call>()
  const byId = new Map<string, Call>()

  const executed = (call: Call | undefined) =>
    call?.traits.providerExecuted === true ? { providerExecuted: true } : {}

  function complete(call: Call, whole: unknown): void {
    if (call.completed) return
    call.completed = true
    const { id, name } = call
    const json = typeof whole === 'string' && whole !== '' ? whole : call.pieces.join('')
    if (whole !== undefined && typeof whole !== 'string') {
      emit({ type: 'tool', id, name, state: 'input-available', input: whole, ...executed(call) })
      return
    }
    const parsed = call.traits.plain === true ? { input: json } : parseToolInput(json)
    if (parsed !== null) {
      emit({ type: 'tool', id, name, state: 'input-available', input: parsed.input, ...executed(call) })
      return
    }
    const error = `The input is not valid JSON (${json.length} characters).`
    emit({ type: 'tool', id, name, state: 'output-error', error, ...executed(call) })
  }

  return {
    has: (key) => open.has(key),
    start(key, id, name, traits = {}) {
      const call: Call = { id, name, traits, pieces: [], completed: false }
      open.set(key, call)
      byId.set(id, call)
      emit({ type: 'tool', id, name, state: 'input-streaming', ...executed(call) })
    },
    append(key, piece) {
      const call = open.get(key)
      if (call === undefined || call.completed || piece === '') return
      call.pieces.push(piece)
      const { id, name } = call
      emit({ type: 'tool', id, name, state: 'input-streaming', inputDelta: piece, ...executed(call) })
    },
    complete(key, whole) {
      const call = open.get(key)
      if (call !== undefined) complete(call, whole)
    },
    completeAll() {
      for (const call of open.values()) complete(call, undefined)
    },
    succeed(id, output) {
      const call = byId.get(id)
      emit({
        type: 'tool',
        id,
        name: call?.name ?? null,
        state: 'output-available',
        output,
        ...executed(call),
      })
    },
    fail(id, error) {
      const call = byId.get(id)
      emit({ type: 'tool', id, name: call?.name ?? null, state: 'output-error', error, ...executed(call) })
    },
    forgetKeys: () => open.clear(),
  }
}
