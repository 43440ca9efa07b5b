import { createListeners } from '../engine/attach/listeners.ts'
import { DAY_MS, type EnvironmentsAnswer, type ErrorAnswer, type FeatureFigures } from '../engine/contract.ts'
import { explain, type Link } from './link.ts'
import { createRefresher } from './refresher.ts'

/** The figures that the window shows: of one environment, in one window of time. */
export interface FiguresState {
  /** Whether a first answer, or a first error, has come. */
  readonly loaded: boolean
  /** Most recently seen first. */
  readonly environments: EnvironmentsAnswer['environments']
  /** The one in force; `undefined` where none was ever seen. */
  readonly environment: string | undefined
  readonly windowMs: number
  readonly features: readonly FeatureFigures[]
  /** Why the last question has no answer; what was known before it still stands. */
  readonly error: ErrorAnswer | null
}

/** Remembers one choice for the workspace. */
export interface Memory {
  get(): string | undefined
  set(value: string | undefined): void
}

export interface FiguresStore {
  readonly state: FiguresState
  /** Called after each change of the state; returns the unsubscribe. */
  subscribe(listener: () => void): () => void
  /** Names the environment, for this workspace and from now on; `undefined`: the one seen last. */
  choose(environment: string | undefined): void
  refresh(): Promise<void>
  dispose(): void
}

const NOTHING: FiguresState = {
  loaded: false,
  environments: [],
  environment: undefined,
  windowMs: DAY_MS,
  features: [],
  error: null,
}

/** Keeps the last day's figures of the chosen environment, live while the link is attached. */
export function createFiguresStore(link: Link, memory: Memory): FiguresStore {
  const listeners = createListeners<void>()
  let state: FiguresState = { ...NOTHING, environment: memory.get() }
  const set = (changes: Partial<FiguresState>): void => {
    state = { ...state, ...changes }
    listeners.tell()
  }

  const { refresh } = createRefresher(async () => {
    if (link.state.status !== 'attached') return
    const { source } = link.state
    try {
      const { environments } = await source.environments()
      const environment = memory.get() ?? environments[0]?.name
      const { features } =
        environments.length === 0 ? { features: [] } : await source.features(environment, state.windowMs)
      // Sorted here, so that a live list keeps its order whichever source answers.
      const sorted = features.toSorted((a, b) => a.feature.localeCompare(b.feature, 'en'))
      set({ loaded: true, environments, environment, features: sorted, error: null })
    } catch (error) {
      set({ loaded: true, error: explain(error) })
    }
  })

  const ends = [
    link.onState((next) => {
      if (next.status === 'attached') void refresh()
      else if (next.status === 'failed') set({ loaded: true, error: next.error })
    }),
    link.onChange(() => void refresh()),
  ]
  if (link.state.status === 'attached') void refresh()

  return {
    get state() {
      return state
    },
    subscribe: listeners.add,
    refresh,
    choose(environment) {
      memory.set(environment)
      const inForce = environment ?? state.environments[0]?.name
      // The old environment's figures must not stand under the new one's name while the answer is on its way.
      set({ environment: inForce, features: inForce === state.environment ? state.features : [] })
      void refresh()
    },
    dispose() {
      for (const end of ends) end()
    },
  }
}
