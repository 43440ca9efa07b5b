import type { Feature } from '@evenkeel/shared'
import { createEngine, type Engine } from './engine.ts'
import type { Run } from './run.ts'

let engine: Engine | null = null

/** The engine of products that make none of their own: one for each page, made when it is first asked for. */
export function defaultEngine(): Engine {
  engine ??= createEngine()
  return engine
}

/**
 * Makes the store of one surface: asks `feature` whenever it is started.
 *
 * @example
 * const run = createRun(draftReply)
 * run.subscribeText(() => show(run.text))
 * await run.start({ subject: 'Invoice' })
 */
export function createRun<Input, Output, Capability extends string>(
  feature: Feature<Input, Output, Capability>,
  within: Pick<Engine, 'createRun'> = defaultEngine(),
): Run<Input, Output, Capability> {
  return within.createRun(feature)
}
