import { createListeners } from '../engine/attach/listeners.ts'
import type { ErrorAnswer, RunSummary } from '../engine/contract.ts'
import { explain, type Link } from './link.ts'
import { createRefresher } from './refresher.ts'

/** The list of runs that the window shows. */
export interface RunsState {
  readonly loaded: boolean
  /** Only this feature's; every feature's where `undefined`. */
  readonly feature: string | undefined
  /** Newest first. */
  readonly runs: readonly RunSummary[]
  /** Where the next page starts; `null` at the end. */
  readonly nextBefore: number | null
  readonly error: ErrorAnswer | null
}

export interface RunsStore {
  readonly state: RunsState
  subscribe(listener: () => void): () => void
  filter(feature: string | undefined): void
  loadMore(): Promise<void>
  refresh(): Promise<void>
  dispose(): void
}

/** What the list needs to know of the figures: which environment is in force. */
export interface EnvironmentInForce {
  readonly state: { readonly environment: string | undefined }
  subscribe(listener: () => void): () => void
}

const PAGE = 50
/** The contract's own bound. */
const MOST = 500

const EMPTY = { runs: [], nextBefore: null, error: null } as const

/** Keeps the runs of the environment in force, newest first, live while the link is attached. */
export function createRunsStore(link: Link, figures: EnvironmentInForce): RunsStore {
  const listeners = createListeners<void>()
  let state: RunsState = { ...EMPTY, loaded: false, feature: undefined }
  let environment = figures.state.environment
  const set = (changes: Partial<RunsState>): void => {
    state = { ...state, ...changes }
    listeners.tell()
  }
  const query = () => ({
    ...(state.feature === undefined ? {} : { feature: state.feature }),
    ...(environment === undefined ? {} : { environment }),
  })
  /** An answer to a question that the user has meanwhile changed is thrown away. */
  const askedWith = () => {
    const asked = { feature: state.feature, environment }
    return () => asked.feature === state.feature && asked.environment === environment
  }

  const { refresh } = createRefresher(async () => {
    if (link.state.status !== 'attached') return
    const stillAsked = askedWith()
    try {
      const limit = Math.min(MOST, Math.max(PAGE, state.runs.length))
      const head = await link.state.source.runs({ ...query(), limit })
      if (stillAsked()) set({ ...joined(head, state), loaded: true, error: null })
    } catch (error) {
      if (stillAsked()) set({ loaded: true, error: explain(error) })
    }
  })

  const loadMore = async (): Promise<void> => {
    if (link.state.status !== 'attached' || state.nextBefore === null) return
    const stillAsked = askedWith()
    const before = state.nextBefore
    try {
      const page = await link.state.source.runs({ ...query(), limit: PAGE, before })
      if (!stillAsked() || state.nextBefore !== before) return
      set({ runs: [...state.runs, ...page.runs], nextBefore: page.nextBefore, error: null })
    } catch (error) {
      if (stillAsked()) set({ error: explain(error) })
    }
  }

  const ends = [
    link.onState((next) => {
      if (next.status === 'attached') void refresh()
      else if (next.status === 'failed') set({ loaded: true, error: next.error })
    }),
    link.onChange(() => void refresh()),
    figures.subscribe(() => {
      if (figures.state.environment === environment) return
      environment = figures.state.environment
      set(EMPTY)
      void refresh()
    }),
  ]
  if (link.state.status === 'attached') void refresh()

  return {
    get state() {
      return state
    },
    subscribe: listeners.add,
    filter(feature) {
      if (feature === state.feature) return
      set({ ...EMPTY, feature })
      void refresh()
    },
    loadMore,
    refresh,
    dispose() {
      for (const end of ends) end()
    },
  }
}

/** A new first page, with the further pages that were read before it still below. */
function joined(
  head: { readonly runs: readonly RunSummary[]; readonly nextBefore: number | null },
  known: Pick<RunsState, 'runs' | 'nextBefore'>,
): Pick<RunsState, 'runs' | 'nextBefore'> {
  const oldest = head.runs.at(-1)
  if (head.nextBefore === null || oldest === undefined) return head
  const inHead = new Set(head.runs.map(({ runId }) => runId))
  const tail = known.runs.filter(
    (run) => run.startedAtEpochMs < oldest.startedAtEpochMs && !inHead.has(run.runId),
  )
  return tail.length === 0 ? head : { runs: [...head.runs, ...tail], nextBefore: known.nextBefore }
}
