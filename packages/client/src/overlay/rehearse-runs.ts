import { type Feature, HEADER, parseAttempt, tierOf } from '@evenkeel/shared'
import { lowestLevel } from '../health/level-in-force.ts'
import type { Page } from '../run/page.ts'
import type { Rehearsal } from '../run/rehearsal.ts'
import type { World } from '../run/world.ts'
import { forcedResponse } from './forced-response.ts'
import type { OverlayStore } from './overlay-store.ts'
import type { Plan } from './plan.ts'

/** How long an answer is written before it is stopped. */
const ABORT_AFTER_MS = 600

/** Makes runs whose records the store sees, and on which what the store wants is forced. */
export function rehearsalOf(store: OverlayStore): Rehearsal {
  return (make) => (feature, world, sink) => {
    store.addFeature(feature)
    /** Of the run that is about to tell its record. */
    let settling: Plan | null = null
    const stop = () => run.stop()
    const surface: World = {
      ...world,
      levelOf: (asked) => levelIn(store.planFor(feature), asked) ?? world.levelOf(asked),
      onLevels(listener) {
        const stops = [world.onLevels(listener), store.subscribe(listener)]
        return () => {
          for (const each of stops) each()
        }
      },
      forRun(asked) {
        const plan = store.takePlan(feature)
        if (plan === null) return { feature: asked, world }
        const forced = worldUnder(plan, asked, world, stop)
        const facts = () => {
          settling = plan
          // No figure counts it.
          return { ...world.facts(), synthetic: true }
        }
        return { feature: featureUnder(plan, asked), world: { ...forced, facts } }
      },
    }
    const run = make(feature, surface, {
      ...sink,
      onRecord(record) {
        sink.onRecord(record)
        store.addRun({ record, forced: (record.synthetic && settling?.of) || [] })
        settling = null
      },
      onSignal(signal) {
        sink.onSignal(signal)
        settling = null
      },
    })
    return run
  }
}

function levelIn(plan: Plan | null, feature: Parameters<World['levelOf']>[0]) {
  if (plan === null || plan.level === null) return null
  return { ...lowestLevel(feature, { level: plan.level, by: 'control' }), by: 'control' as const }
}

/** The feature with the ladder that is forced on it. */
function featureUnder<Input, Output>(
  { without, failureOf }: Plan,
  feature: Feature<Input, Output>,
): Feature<Input, Output> {
  const ladder = feature.ladder
    .filter(({ step }) => !without.includes(step))
    .map((step) =>
      step.step === 'model' && failureOf(tierOf(step) ?? '') === 'bug'
        ? { ...step, request: throwing }
        : step,
    )
  return { ...feature, ladder: ladder.length > 0 ? ladder : [{ step: 'omit' }] }
}

function throwing(): never {
  throw new Error('Forced by the overlay.')
}

/** The world of one run, in which this befalls it. */
function worldUnder(
  plan: Plan,
  { ladder }: Pick<Feature<never, unknown>, 'ladder'>,
  world: World,
  stop: () => void,
): World {
  const isHeld = ladder.some((step) => step.step === 'model' && plan.failureOf(tierOf(step) ?? '') === 'held')
  return {
    ...world,
    // What is forced teaches this browser nothing: when it is cleared, all is as before.
    health: () => null,
    levelOf: (asked) => levelIn(plan, asked) ?? world.levelOf(asked),
    controlsOf: (id) => (plan.isKilled ? { ...world.controlsOf(id), enabled: false } : world.controlsOf(id)),
    page: plan.isOffline ? offline(world.page) : world.page,
    clock: isHeld ? standing(world.clock) : world.clock,
    fetch(target, init) {
      const tier = tierAsked(ladder, target, init)
      const failure = tier === null ? null : plan.failureOf(tier)
      if (failure === null || failure === 'offline') return world.fetch(target, init)
      if (failure === 'aborted') world.clock.setTimeout(stop, ABORT_AFTER_MS)
      return forcedResponse(failure, world.clock, init?.signal ?? null)
    },
  }
}

function offline(page: Page): Page {
  return {
    origin: page.origin,
    isOnline: () => false,
    isVisible: () => page.isVisible(),
    connection: () => page.connection(),
    savesData: () => page.savesData(),
    onHide: (listener) => page.onHide(listener),
  }
}

/** Nothing is ever late by it. */
function standing(clock: World['clock']): World['clock'] {
  return { nowMs: () => clock.nowMs(), epochMs: () => clock.epochMs(), setTimeout: () => () => {} }
}

/** The tier of the model step that this request is of; `null` for any other request. */
function tierAsked(
  ladder: Feature<never, unknown>['ladder'],
  target: RequestInfo | URL,
  init: RequestInit | undefined,
): string | null {
  const url = target instanceof Request ? target.url : String(target)
  const tiers = ladder.flatMap((step) => (step.step === 'model' && step.url === url ? [tierOf(step)] : []))
  // Our header says which, where it may be sent; where not, steps that share a URL count as the first of them.
  const said = parseAttempt(new Headers(init?.headers).get(HEADER.attempt))?.tier
  return tiers.find((tier) => tier === said) ?? tiers[0] ?? null
}
