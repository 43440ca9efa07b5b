import type { Feature, RunRecord, Signal } from '@evenkeel/shared'
import type { OpenRun } from '../telemetry/telemetry.ts'
import type { Content } from './content.ts'
import { createSignal } from './create-signal.ts'
import { createExecution, type Execution } from './execution.ts'
import { levelSpecOf } from './level-spec.ts'
import { createListeners } from './listeners.ts'
import type { EarlierRun, Run, RunState, SignalSubject, StartOptions } from './run.ts'
import type { World } from './world.ts'

/** Who hears of runs, and where records and signals go. */
export interface RunSink {
  /** A run starts, so a record will follow. */
  onStart(): void
  /** It is under way, and again when it has something to show: what is known of it until then, should its page go. */
  onUnderWay(run: OpenRun): void
  onRecord(record: RunRecord): void
  onSignal(signal: Signal): void
}

/** One surface's runs: holds the run in hand, and what of the one before is still shown. */
interface Held<Output> {
  readonly execution: Execution<Output>
  readonly settled: Promise<RunRecord>
  readonly world: World
}

const NO_CONTENT: Content = { entries: [], text: { length: 0, revision: 0, readFrom: () => '' } }

/** Makes the store of one surface in this world. */
export function createRunIn<Input, Output, Capability extends string>(
  feature: Feature<Input, Output, Capability>,
  world: World,
  sink: RunSink,
): Run<Input, Output, Capability> {
  const report = (error: unknown) => world.reportBug(`a listener of feature '${feature.id}'`, error)
  const stateListeners = createListeners(report)
  const textListeners = createListeners(report)
  const contentListeners = createListeners(report)
  /** The level that the next run would get, as the subscribers know it. */
  let offered = world.levelOf(feature)
  let controls = world.controlsOf(feature.id)
  let state = idleState()
  let held: Held<Output> | null = null
  let asked: { readonly input: Input; readonly options: StartOptions } | null = null
  let repetitions = 0
  /** Revisions of the runs before this one, so that the sum never falls. */
  let pastRevisions = 0
  let guard: (() => boolean) | null = null

  function idleState(): RunState<Output> {
    const { level, by } = offered
    return {
      phase: 'idle',
      runId: null,
      outcome: null,
      step: null,
      tier: null,
      failure: null,
      moment: null,
      level,
      levelBy: by,
      output: null,
    }
  }

  const isRunning = () => state.phase === 'waiting' || state.phase === 'streaming'

  function onLevels(): void {
    const { level, by } = offered
    offered = world.levelOf(feature)
    const before = controls
    controls = world.controlsOf(feature.id)
    // A level changes between runs; a notice is shown and a button goes at once.
    const isOther = !isRunning() && (level !== offered.level || by !== offered.by)
    if (!isOther && controls === before) return
    state = state.phase === 'idle' ? idleState() : { ...state }
    stateListeners.notify()
  }

  function mayReplace(): boolean {
    try {
      return guard?.() ?? true
    } catch (error) {
      report(error)
      return false
    }
  }

  function begin(input: Input, options: StartOptions, earlier?: EarlierRun): Promise<RunRecord> {
    sink.onStart()
    asked = { input, options }
    const previous = held
    let resolve: (record: RunRecord) => void = () => {}
    const settled = new Promise<RunRecord>((done) => {
      resolve = done
    })
    const isHeld = () => held?.execution === execution
    const within = world.forRun?.(feature) ?? { feature, world }
    let isShown = false
    const execution: Execution<Output> = createExecution(
      within.feature,
      input,
      options,
      within.world,
      {
        onChange() {
          if (!isShown && execution.state.phase === 'streaming') {
            isShown = true
            sink.onUnderWay(execution)
          }
          if (!isHeld()) return
          state = execution.state
          stateListeners.notify()
        },
        onText() {
          if (isHeld()) textListeners.notify()
        },
        onContent() {
          if (isHeld()) contentListeners.notify()
        },
        onSettled(record) {
          sink.onRecord(record)
          resolve(record)
        },
        mayReplace,
      },
      earlier,
    )
    if (previous !== null) pastRevisions += previous.execution.text.revision + 1
    held = { execution, settled, world: within.world }
    // After the new one took its place, so that nobody sees the old one end.
    previous?.execution.end('departure')
    previous?.execution.release()
    if (previous !== null && previous.execution.text.length > 0) textListeners.notify()
    if (previous !== null) contentListeners.notify()
    sink.onUnderWay(execution)
    execution.begin()
    return settled
  }

  function subjectOf({ execution }: Held<Output>): SignalSubject {
    const { runId, triple, state: of } = execution
    return { feature: feature.id, runId, triple, level: of.level }
  }

  function record(signal: Signal): Signal {
    sink.onSignal(signal)
    return signal
  }

  return {
    feature,
    get state() {
      return state
    },
    get controls() {
      return controls
    },
    get text() {
      return held?.execution.text.read() ?? ''
    },
    textFrom: (offset) => held?.execution.text.readFrom(offset) ?? '',
    get textRevision() {
      return pastRevisions + (held?.execution.text.revision ?? 0)
    },
    get settled() {
      return held?.settled ?? null
    },
    can(capability) {
      const { level } = isRunning() ? state : world.levelOf(feature)
      return levelSpecOf(feature, level).capabilities?.includes(capability) ?? false
    },
    subscribe(listener) {
      const stops = [stateListeners.add(listener), world.onLevels(onLevels)]
      // What changed while nobody listened.
      onLevels()
      return () => {
        for (const stop of stops) stop()
      }
    },
    subscribeText: textListeners.add,
    get content() {
      return held?.execution.content ?? NO_CONTENT
    },
    subscribeContent: contentListeners.add,
    guardReplacement(mayReplaceNow) {
      guard = mayReplaceNow
      return () => {
        if (guard === mayReplaceNow) guard = null
      }
    },
    start(input, options = {}) {
      repetitions = 0
      return begin(input, options)
    },
    stop: () => held?.execution.end('user'),
    regenerate() {
      if (asked === null) return null
      const before = held
      const settled = begin(asked.input, asked.options)
      repetitions += 1
      if (before !== null && held !== null) {
        record(
          createSignal(
            'regenerate',
            subjectOf(before),
            before.world,
            {},
            { ordinal: repetitions, replacedBy: held.execution.runId },
          ),
        )
      }
      return settled
    },
    signal(kind, details, about) {
      const isShown = state.phase === 'streaming' || state.phase === 'settled'
      const subject = about ?? (held !== null && isShown ? subjectOf(held) : null)
      return subject && record(createSignal(kind, subject, held?.world ?? world, details))
    },
    reloading: {
      get scope() {
        const { tenant, user } = world.facts()
        return JSON.stringify([tenant, user])
      },
      get resumeUrl() {
        return isRunning() ? (held?.execution.resumeUrl ?? null) : null
      },
      goOn: (input, earlier) => begin(input, {}, earlier),
    },
    inside(work) {
      const { onRecord } = sink
      const show = (now: RunState<Output>) => {
        state = now
        stateListeners.notify()
      }
      if (held !== null) work({ ...held, onRecord, show })
    },
    leave() {
      if (held === null || (feature.onUnmount === 'detach' && state.phase !== 'settled')) return
      held.execution.end('departure')
      held.execution.release()
    },
  }
}
