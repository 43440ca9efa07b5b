import type { ClientTool, ToolCallContext, ToolResult, Usage } from '@evenkeel/shared'
import type { Emit, StreamEvent } from '../stream/event.ts'
import type { Exchange, OpenExchange } from './exchange-contract.ts'
import type { ExchangeRequest } from './request.ts'

type ToolEvent = Extract<StreamEvent, { type: 'tool' }>

/** More rounds than this are a model that goes in circles. */
const MAX_ROUNDS = 8

interface Reporting {
  reportBug(where: string, error: unknown): void
}

/** What an exchange needs to go on after a turn that called tools of the page. */
export interface ToolSetting<World> {
  readonly runId: string
  readonly tools: Readonly<Record<string, ClientTool>>
  /** How each request is made. Given and not imported, because a part has a copy of what it imports. */
  readonly open: OpenExchange<World>
  /** Where the follow-up requests go out; the first may go another way. */
  readonly world: World
  /** The request that tells what the tools gave; `null` where none could be made, and the run knows why. */
  followUp(results: readonly ToolResult[]): ExchangeRequest | null
}

/**
 * An exchange that goes on: where a turn ends with calls that the page has to make, it makes them, sends
 * what they gave, and reads the next turn into the same events. Whoever listens sees one answer.
 */
export function openToolExchange<World extends Reporting>(
  setting: ToolSetting<World>,
  ...[request, world, emit, onHead]: Parameters<OpenExchange<World>>
): Exchange {
  const over = new AbortController()
  const openCalls = new Map<string, ToolEvent>()
  const results: ToolResult[] = []
  let round = 0
  let resumes = 0
  let usage: Usage = NO_USAGE
  /** What the requests before this one used: each of them was paid for. */
  let usedBefore: Usage = NO_USAGE

  const onEvent: Emit = (event) => {
    switch (event.type) {
      case 'tool':
        if (event.state === 'input-available') openCalls.set(event.id, event)
        else if (event.state !== 'input-streaming') openCalls.delete(event.id)
        break
      case 'withdrawn':
        for (const id of event.ids) openCalls.delete(id)
        break
      case 'usage':
        usage = {
          inputTokens: event.usage.inputTokens ?? usage.inputTokens,
          outputTokens: event.usage.outputTokens ?? usage.outputTokens,
        }
        return emit({ type: 'usage', usage: sumOf(usedBefore, usage) })
      case 'end': {
        const calls =
          event.reason === 'content-filter' ? [] : pageCallsOf([...openCalls.values()], setting.tools)
        if (calls.length > 0) return goOn(calls)
      }
    }
    emit(event)
  }

  function goOn(calls: readonly PageCall[]): void {
    if (round === MAX_ROUNDS) {
      const detail = `still calling tools after ${round} rounds`
      return emit({ type: 'failed', failure: 'provider', code: null, detail })
    }
    void Promise.all(calls.map(make))
      .then(ask)
      .catch((error: unknown) => {
        world.reportBug('the rounds of client tools', error)
        emit({ type: 'failed', failure: 'bug', code: null, detail: 'the rounds of client tools threw' })
      })
  }

  async function make(call: PageCall): Promise<ToolResult> {
    const { signal } = over
    const result = await makePageCall(call, round, { runId: setting.runId, signal }, (error) =>
      world.reportBug(`the tool '${call.name}'`, error),
    )
    if (!signal.aborted) emit(eventOf(result))
    return result
  }

  function ask(made: readonly ToolResult[]): void {
    if (over.signal.aborted) return
    results.push(...made)
    const next = setting.followUp([...results])
    if (next === null) return
    openCalls.clear()
    round += 1
    resumes += inner.resumes
    usedBefore = sumOf(usedBefore, usage)
    usage = NO_USAGE
    emit({ type: 'round' })
    inner = setting.open(next, setting.world, onEvent)
  }

  let inner = setting.open(request, world, onEvent, onHead)
  return {
    get status() {
      return inner.status
    },
    get protocol() {
      return inner.protocol
    },
    get retryAfterMs() {
      return inner.retryAfterMs
    },
    get resumes() {
      return resumes + inner.resumes
    },
    reconnect: (...why) => inner.reconnect(...why),
    cancel() {
      over.abort()
      inner.cancel()
    },
  }
}

const NO_USAGE: Usage = { inputTokens: null, outputTokens: null }

function sumOf(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens === null ? b.inputTokens : a.inputTokens + (b.inputTokens ?? 0),
    outputTokens: a.outputTokens === null ? b.outputTokens : a.outputTokens + (b.outputTokens ?? 0),
  }
}

/** One call that the page makes. */
interface PageCall {
  readonly event: ToolEvent
  readonly name: string
  readonly tool: ClientTool
}

/**
 * The calls that a turn left to the page; none where one of them is not the page's to make, because
 * models want the results of a round all together.
 */
function pageCallsOf(
  open: readonly ToolEvent[],
  tools: Readonly<Record<string, ClientTool>>,
): readonly PageCall[] {
  const calls = open.flatMap((event): PageCall[] => {
    const { name, providerExecuted = false } = event
    const tool = name !== null && Object.hasOwn(tools, name) ? tools[name] : undefined
    return name === null || tool === undefined || providerExecuted ? [] : [{ event, name, tool }]
  })
  return calls.length === open.length ? calls : []
}

/** Makes one call. What the tool throws is its result too: the model is told, and may do without. */
async function makePageCall(
  { event, name, tool }: PageCall,
  round: number,
  context: Omit<ToolCallContext, 'callId'>,
  onError: (error: unknown) => void,
): Promise<ToolResult> {
  const { id: callId, input } = event
  const call = { callId, name, input, round }
  try {
    return { ...call, output: await tool(input, { ...context, callId }) }
  } catch (error) {
    onError(error)
    return { ...call, error: error instanceof Error ? error.message : String(error) }
  }
}

/** What the result says of the call in the answer. */
function eventOf({ callId, name, ...result }: ToolResult): ToolEvent {
  const call = { type: 'tool', id: callId, name } as const
  return result.error === undefined
    ? { ...call, state: 'output-available', output: result.output }
    : { ...call, state: 'output-error', error: result.error }
}
