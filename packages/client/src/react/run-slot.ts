import type { ControlsInForce, Deck, Feature, RunRecord, Signal, SignalKind } from '@evenkeel/shared'
import { pageFrames } from '../render/frame-scheduler.ts'
import type { Part } from '../render/parts/part.ts'
import type { Run, RunState, SignalDetails, StartOptions } from '../run/run.ts'
import type { DeepPartial } from '../stream/object/deep-partial.ts'
import type { OnDemand, readOnDemand } from './read-on-demand.ts'

/**
 * What `useAI` returns: the state of the run as it was at this render, and what can be done. The
 * object is a new one when the state has changed; its functions stay the same.
 */
export interface AIRun<Input = unknown, Output = unknown, Capability extends string = string>
  extends RunState<Output> {
  /** Asks; resolves with the record once settled, and never rejects. Starting again supersedes a running run. */
  readonly start: (input: Input, options?: StartOptions) => Promise<RunRecord>
  /** Ends the running run; what was shown stays. */
  readonly stop: () => void
  /** Asks again with the last input; `null` where there was none. */
  readonly regenerate: () => Promise<RunRecord> | null
  /** Records what the user told us of the answer shown; `null` where nothing was shown yet. */
  readonly signal: (kind: SignalKind, details?: SignalDetails) => Signal | null
  /** Whether the interface may offer this at the level in force. A level that lists nothing offers nothing. */
  can(capability: Capability): boolean
  /** What the user may be told now, in the words of the deck in force; `null` for silence. `<Notice>` shows the same. Its words are loaded when it is first read. */
  readonly notice: string | null
  /** What operators have put in force: `controls.enabled` says whether to offer the feature at all. */
  readonly controls: ControlsInForce
  /** The visible text so far. It renders nothing when it grows: that is what `<StreamedText>` and `useRunText` are for. */
  readonly text: string
  /** The answer in parts so far. A component that reads it renders in each frame that brings more of the answer. The code is loaded when it is first read. */
  readonly parts: readonly Part[]
  /** The structured answer as far as it has come, and once settled the one that passed the schema; read like `parts`. */
  readonly object: DeepPartial<Output> | undefined
  /** The run itself, as `createRun` gives it. */
  readonly store: Run<Input, Output, Capability>
}

let readMore: typeof readOnDemand | null = null

/** The runs of one place in the interface, however often its component is rendered and its feature redefined. */
export interface RunSlot<Input, Output, Capability extends string = string> {
  /** In the words of this deck. */
  readonly handle: (deck: Deck) => AIRun<Input, Output, Capability>
  readonly subscribe: (listener: () => void) => () => void
  /** The definition in force from the next start on. */
  define(feature: Feature<Input, Output, Capability>): void
  /** The component is there; returns its unmount. */
  mount(): () => void
}

/**
 * A run that survives what React and its tools do to a component: StrictMode's double effects, and a
 * hot reload that defines the feature anew.
 */
export function createRunSlot<Input, Output, Capability extends string>(
  createRun: (feature: Feature<Input, Output, Capability>) => Run<Input, Output, Capability>,
  feature: Feature<Input, Output, Capability>,
): RunSlot<Input, Output, Capability> {
  const listeners = new Set<() => void>()
  let latest = feature
  let inForce = feature
  let run = createRun(feature)
  let lastAsked: readonly [input: Input, options?: StartOptions] | null = null
  let unsubscribe: (() => void) | null = null
  let mounted = false
  let unmountedJustNow = false
  let startedJustNow: Promise<RunRecord> | null = null

  const notify = (): void => {
    for (const listener of listeners) listener()
  }
  // A redefined feature gets its own run, but only when asked: what the last one showed stays till then.
  const takeLatest = (): void => {
    if (inForce === latest) return
    unsubscribe?.()
    run.leave()
    inForce = latest
    run = createRun(latest)
    unsubscribe = listeners.size > 0 ? run.subscribe(notify) : null
  }
  const start = (...asked: [input: Input, options?: StartOptions]): Promise<RunRecord> => {
    // StrictMode unmounts and mounts again in the tick of the first mount; an effect that asks would ask twice.
    if (unmountedJustNow && startedJustNow !== null) return startedJustNow
    takeLatest()
    lastAsked = asked
    const record = run.start(...asked)
    startedJustNow = record
    queueMicrotask(() => {
      startedJustNow = null
    })
    return record
  }
  const actions = {
    start,
    stop: () => run.stop(),
    regenerate: () => {
      if (inForce === latest) return run.regenerate()
      return lastAsked === null ? null : start(...lastAsked)
    },
    signal: (kind: SignalKind, details?: SignalDetails) => run.signal(kind, details),
    can: (capability: Capability) => run.can(capability),
  }
  const renderAnew = (): void => {
    handle = null
    notify()
  }
  // Asked for by who reads it, so that nobody else pays for it. Where it does not come, the next reading asks
  // again; more than once at a time would render as often.
  const demand: Demand = (name, store, deck) => {
    if (readMore !== null) return readMore(name, store, deck, renderAnew, pageFrames)
    if (isLoading) return undefined
    isLoading = true
    import('./read-on-demand.ts')
      .then(
        (loaded) => {
          readMore = loaded.readOnDemand
          renderAnew()
        },
        () => {},
      )
      .then(() => {
        isLoading = false
      })
    return undefined
  }
  let isLoading = false
  let handle: Handle<Input, Output, Capability> | null = null

  return {
    handle(deck) {
      if (handle?.store === run && handle.stateSeen === run.state && handle.deck === deck) return handle
      handle = createHandle(run, actions, deck, demand)
      return handle
    },
    subscribe(listener) {
      listeners.add(listener)
      unsubscribe ??= run.subscribe(notify)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        unsubscribe?.()
        unsubscribe = null
      }
    },
    define(feature) {
      latest = feature
    },
    mount() {
      mounted = true
      return () => {
        mounted = false
        unmountedJustNow = true
        // A real unmount is still one when the tick is over.
        queueMicrotask(() => {
          unmountedJustNow = false
          if (!mounted) run.leave()
        })
      }
    },
  }
}

type Actions<Input, Output, Capability extends string> = Pick<
  AIRun<Input, Output, Capability>,
  'start' | 'stop' | 'regenerate' | 'signal' | 'can'
>

/** Reads what is loaded when it is first asked for; `undefined` until then. */
type Demand = <Name extends keyof OnDemand>(name: Name, store: Run, deck: Deck) => OnDemand[Name] | undefined

interface Handle<Input, Output, Capability extends string> extends AIRun<Input, Output, Capability> {
  readonly stateSeen: RunState<Output>
  readonly deck: Deck
}

const NO_PARTS: readonly Part[] = []

function createHandle<Input, Output, Capability extends string>(
  store: Run<Input, Output, Capability>,
  actions: Actions<Input, Output, Capability>,
  deck: Deck,
  demand: Demand,
): Handle<Input, Output, Capability> {
  const stateSeen = store.state
  const handle = {
    ...stateSeen,
    ...actions,
    controls: store.controls,
    store,
    stateSeen,
    deck,
    get notice() {
      return demand('notice', store, deck) ?? null
    },
    get text() {
      return store.text
    },
  }
  // Not to be enumerated: React's development build reads whatever is passed on as a property.
  return Object.defineProperties(handle as Handle<Input, Output, Capability>, {
    parts: { get: () => demand('parts', store, deck) ?? NO_PARTS },
    object: { get: () => demand('object', store, deck) },
  })
}
