import {
  type Feature,
  NO_CONTROLS,
  newTraceId,
  type Outcome,
  type RunRecord,
  type Signal,
} from '@evenkeel/shared'
import { addContent, type ContentEntry, type ContentEvent } from '../run/content.ts'
import type { Run, RunState, StartOptions } from '../run/run.ts'
import { createTextBuffer } from '../run/text-buffer.ts'
import { scriptedRecord, scriptedSignal } from './scripted-record.ts'

/** A run that does what a test or a story says, without an engine, a server or a clock. */
export interface ScriptedRun<Input = unknown, Output = unknown> extends Run<Input, Output> {
  /** Text arrives; the run is streaming from the first on. */
  arrive(delta: string): void
  /**
   * Anything of an answer arrives: reasoning, a tool call, a source, a data part, or text. The text of a
   * feature with a schema is its JSON, and is not shown.
   */
  arriveContent(event: ContentEvent): void
  /** Another text takes the place of what was shown, as far as the guard lets it; tells whether it did. */
  replace(text: string): boolean
  /** Changes what the interface sees of the run. */
  show(state: Partial<RunState<Output>>): void
  /** The run settles, `answered` where nothing else is said. */
  settle(outcome?: Outcome, state?: Partial<RunState<Output>>): void
  /** What was asked, signalled and done to it, in order. */
  readonly log: readonly ScriptedCall[]
  /** How many listeners there are; 0 after a clean unmount. */
  readonly listenerCount: number
}

export type ScriptedCall =
  | { readonly call: 'start'; readonly input: unknown; readonly options?: StartOptions }
  | { readonly call: 'stop' | 'regenerate' | 'leave' | 'bug' }
  | { readonly call: 'signal'; readonly signal: Signal }

export const IDLE_STATE: RunState<never> = {
  phase: 'idle',
  runId: null,
  outcome: null,
  step: null,
  tier: null,
  failure: null,
  moment: null,
  level: 5,
  levelBy: 'local',
  output: null,
}

/**
 * @example
 * const run = createScriptedRun(draftReply)
 * run.start(ticket)
 * run.arrive('Hello')
 * run.settle('answered')
 */
export function createScriptedRun<Input = unknown, Output = unknown>(
  feature: Feature<Input, Output>,
): ScriptedRun<Input, Output> {
  const stateListeners = new Set<() => void>()
  const textListeners = new Set<() => void>()
  const contentListeners = new Set<() => void>()
  const log: ScriptedCall[] = []
  let state: RunState<Output> = IDLE_STATE
  let text = ''
  let textRevision = 0
  let content = { entries: [] as ContentEntry[], text: createTextBuffer() }
  let lastInput: { readonly input: Input } | null = null
  let guard: (() => boolean) | null = null
  let resolve: ((record: RunRecord) => void) | null = null
  let settled: Promise<RunRecord> | null = null

  const tell = (listeners: ReadonlySet<() => void>): void => {
    for (const listener of listeners) listener()
  }
  const show = (change: Partial<RunState<Output>>): void => {
    state = { ...state, ...change }
    tell(stateListeners)
  }
  const write = (next: string): void => {
    text = next
    textRevision++
    content = { entries: [], text: createTextBuffer() }
    if (next !== '') addContent(content.entries, { type: 'text', id: 'text', delta: next })
    content.text.append(next)
    tell(textListeners)
    tell(contentListeners)
  }
  const arriveContent = (event: ContentEvent): void => {
    addContent(content.entries, event)
    if (event.type === 'text') {
      content.text.append(event.delta)
      if (feature.schema === undefined) {
        text += event.delta
        tell(textListeners)
      }
    }
    tell(contentListeners)
    if (event.type === 'text' && state.phase !== 'streaming') show({ phase: 'streaming' })
  }
  const settle = (outcome: Outcome = 'answered', change: Partial<RunState<Output>> = {}): void => {
    show({ phase: 'settled', outcome, ...change })
    resolve?.(scriptedRecord(feature, state, text))
    resolve = null
  }
  const begin = (): Promise<RunRecord> => {
    if (resolve !== null) settle('abandoned')
    const promise = new Promise<RunRecord>((settleRecord) => {
      resolve = settleRecord
    })
    settled = promise
    write('')
    const runId = newTraceId(randomBytes)
    show({ ...IDLE_STATE, phase: 'waiting', runId, step: feature.ladder[0]?.step ?? null })
    return promise
  }
  return {
    feature,
    get settled() {
      return settled
    },
    start(input, options) {
      lastInput = { input }
      log.push({ call: 'start', input, ...(options === undefined ? {} : { options }) })
      return begin()
    },
    stop() {
      log.push({ call: 'stop' })
      if (resolve !== null) settle('stopped')
    },
    regenerate() {
      log.push({ call: 'regenerate' })
      return lastInput === null ? null : begin()
    },
    signal(kind, details = {}) {
      if (state.runId === null) return null
      const signal = scriptedSignal(feature, state.runId, kind, details)
      log.push({ call: 'signal', signal })
      return signal
    },
    get state() {
      return state
    },
    controls: NO_CONTROLS,
    can: (capability) =>
      feature.levels.find(({ level }) => level <= state.level)?.capabilities?.includes(capability) ?? false,
    subscribe(listener) {
      stateListeners.add(listener)
      return () => void stateListeners.delete(listener)
    },
    get text() {
      return text
    },
    subscribeText(listener) {
      textListeners.add(listener)
      return () => void textListeners.delete(listener)
    },
    textFrom: (offset) => text.slice(offset),
    get textRevision() {
      return textRevision
    },
    guardReplacement(mayReplace) {
      guard = mayReplace
      return () => {
        if (guard === mayReplace) guard = null
      }
    },
    reloading: { scope: '', resumeUrl: null, goOn: () => begin() },
    inside(work) {
      if (settled === null) return
      const run = {}
      work({
        settled,
        world: {
          clock: { epochMs: () => 0 },
          nameOf: () => 'Error',
          reportBug: () => void log.push({ call: 'bug' }),
        },
        execution: {
          get state() {
            return state
          },
          run,
          end: () => settle('abandoned'),
        },
        onRecord() {},
        show,
      })
    },
    leave() {
      log.push({ call: 'leave' })
      if (resolve !== null) settle('abandoned')
    },
    get content() {
      return content
    },
    subscribeContent(listener) {
      contentListeners.add(listener)
      return () => void contentListeners.delete(listener)
    },
    arrive: (delta) => arriveContent({ type: 'text', id: 'text', delta }),
    arriveContent,
    replace(next) {
      if (text !== '' && guard?.() === false) return false
      write(next)
      return true
    },
    show,
    settle,
    log,
    get listenerCount() {
      return stateListeners.size + textListeners.size + contentListeners.size
    },
  }
}

function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}
