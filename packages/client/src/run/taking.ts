import type { CacheStep, Feature, ModelStep, RunRecord } from '@evenkeel/shared'
import { type AskingParts, createAsk } from './asking.ts'
import type { Caching } from './caching-contract.ts'
import type { RunInHand, StepInHand } from './run-in-hand.ts'
import type { CachingSetting, StepWorld } from './step-world.ts'

/** What only some steps need, each loaded when a feature first has one. */
export interface TakingParts extends AskingParts {
  /** For features whose ladder has a `cache` step. */
  loadCaching(): Promise<Pick<typeof import('./caching.ts'), 'createCaching'>>
  /** For features that have a later step which may race. */
  loadHedging(): Promise<Pick<typeof import('./hedging.ts'), 'hedge'>>
  /** For features whose budgets are measured only. */
  loadObserving(): Promise<Pick<typeof import('./would-have.ts'), 'observed'>>
}

type Ladder = Pick<Feature<never, unknown, string>, 'ladder'>

/** Takes the steps that need more than what a page carries before it asks anything. */
export interface Taking {
  /** Loads what a step of this feature will need, while there is a network. */
  prepare(feature: Ladder & Pick<Feature, 'schema'>, world: StepWorld): void
  /** Takes the step in hand; what comes of it ends it. */
  take<Input, Output>(
    run: RunInHand<Input, Output>,
    step: ModelStep<Input> | CacheStep,
    held: StepInHand,
  ): void
}

export function createTaking(parts: TakingParts): Taking {
  const { loadCaching, loadHedging, loadObserving } = parts
  const ask = createAsk(parts)
  /** Of each engine. */
  const opened = new WeakMap<CachingSetting, Promise<Caching>>()

  function cachingOf(world: StepWorld): Promise<Caching> {
    const setting = world.caching
    const opening = opened.get(setting) ?? loadCaching().then(({ createCaching }) => createCaching(world))
    opened.set(setting, opening)
    // The next one tries again: a page that was cut off may come back.
    opening.catch(() => opened.delete(setting))
    return opening
  }

  /** Has the run's record say, and its answer kept, what its feature asks for. */
  function follow<Input, Output>(run: RunInHand<Input, Output>): void {
    const { feature, world } = run
    const caching = hasCacheStep(feature) ? cachingOf(world) : null
    let observe = (record: RunRecord) => record
    if (feature.mode === 'observe') {
      loadObserving().then(
        ({ observed }) => {
          observe = (record) => observed(run, record)
        },
        (error: unknown) => world.reportBug('loading what observes', error),
      )
    }
    run.amend = (record) => {
      // Where it could not be loaded, whoever needs it says so.
      caching?.then(({ keep }) => keep(run, record)).catch(() => {})
      return observe(record)
    }
  }

  return {
    prepare(feature, world) {
      if (hasCacheStep(feature)) void cachingOf(world)
      if (feature.schema !== undefined) parts.loadJudging().catch(() => {})
    },
    take(run, step, held) {
      const { feature, world } = run
      if (run.amend === undefined) follow(run)
      if (step.step === 'cache') {
        const miss = (error: unknown) => {
          world.reportBug('loading the cache', error)
          run.safely(() => run.inHand === held && run.pass('the cache could not be loaded'))
        }
        cachingOf(world).then(({ recall }) => recall(run, step, held), miss)
        return
      }
      ask(run, step, held)
      if (!feature.idempotent || !feature.ladder.some((later) => 'hedge' in later)) return
      loadHedging().then(
        ({ hedge }) => run.safely(() => hedge(run, held, ask)),
        (error: unknown) => world.reportBug('loading what hedges', error),
      )
    },
  }
}

function hasCacheStep({ ladder }: Ladder): boolean {
  return ladder.some(({ step }) => step === 'cache')
}

export const { prepare, take } = createTaking({
  loadOthers: () => import('../stream/other-bodies.ts'),
  loadHeadWords: () => import('./head-words.ts'),
  loadJudging: () => import('./judging.ts'),
  loadCaching: () => import('./caching.ts'),
  loadHedging: () => import('./hedging.ts'),
  loadObserving: () => import('./would-have.ts'),
})
