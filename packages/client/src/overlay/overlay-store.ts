import type { RunRecord } from '@evenkeel/shared'
import type { Forced, Forcing } from './forced.ts'
import { type Plan, planFor } from './plan.ts'
import type { ForcibleFeature } from './recipe.ts'

/** A run that has settled, and what was forced on it. */
export interface SeenRun {
  readonly record: RunRecord
  readonly forced: readonly Forced[]
}

export interface OverlayState {
  /** By id, in the order in which the app made runs of them. */
  readonly features: ReadonlyMap<string, ForcibleFeature>
  /** The last first. */
  readonly runs: readonly SeenRun[]
  readonly forced: readonly Forced[]
}

/** What the overlay knows and wants. */
export interface OverlayStore {
  readonly state: OverlayState
  subscribe(listener: () => void): () => void
  addFeature(feature: ForcibleFeature): void
  addRun(run: SeenRun): void
  forgetRuns(): void
  force(feature: string | null, forcing: Forcing, until: Forced['until']): void
  /** Forces this no more; nothing at all where no id is given. */
  clear(id?: number): void
  /** What would befall the next run of the feature. */
  planFor(feature: ForcibleFeature): Plan | null
  /** The same for a run that starts now: what was meant for the next run only is used up. */
  takePlan(feature: ForcibleFeature): Plan | null
}

const MAX_RUNS = 50

export function createOverlayStore(): OverlayStore {
  const listeners = new Set<() => void>()
  let state: OverlayState = { features: new Map(), runs: [], forced: [] }
  let lastId = 0

  const change = (patch: Partial<OverlayState>) => {
    state = { ...state, ...patch }
    // Not in the middle of whatever brought the change about: a run may be starting.
    queueMicrotask(() => {
      for (const listener of [...listeners]) listener()
    })
  }
  const plan = (feature: ForcibleFeature) => planFor(feature, state.forced)

  return {
    get state() {
      return state
    },
    subscribe(listener) {
      const own = () => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    addFeature(feature) {
      change({ features: new Map([...state.features, [feature.id, feature]]) })
    },
    addRun({ record, forced }) {
      // A record is told again where drawing its answer threw: it takes its own place.
      const isSame = (run: SeenRun) => run.record.runId === record.runId
      const before = state.runs.find(isSame)
      const run = { record, forced: forced.length > 0 ? forced : (before?.forced ?? []) }
      change({ runs: [run, ...state.runs.filter((each) => !isSame(each))].slice(0, MAX_RUNS) })
    },
    forgetRuns: () => change({ runs: [] }),
    force(feature, forcing, until) {
      lastId += 1
      // A later word takes the place of an earlier one about the same thing.
      const others = state.forced.filter(
        (one) => one.feature !== feature || subjectOf(one.forcing) !== subjectOf(forcing),
      )
      change({ forced: [...others, { id: lastId, feature, forcing, until }] })
    },
    clear: (id) => change({ forced: id === undefined ? [] : state.forced.filter((one) => one.id !== id) }),
    planFor: plan,
    takePlan(feature) {
      const taken = plan(feature)
      if (taken === null) return null
      const used = taken.of.filter(({ until }) => until === 'next-run')
      if (used.length > 0) change({ forced: state.forced.filter((one) => !used.includes(one)) })
      return taken
    },
  }
}

function subjectOf(forcing: Forcing): string {
  return forcing.kind === 'failure' ? `failure of ${forcing.tier}` : forcing.kind
}
