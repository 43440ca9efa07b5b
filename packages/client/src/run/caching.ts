import type { CacheStep } from '@evenkeel/shared'
import { type AnswerCache, createAnswerCache, type Question } from '../cache/answer-cache.ts'
import type { Caching } from './caching-contract.ts'
import { checkOutput, type Verdict } from './check-output.ts'
import type { RunInHand } from './run-in-hand.ts'
import type { StepWorld } from './step-world.ts'

/** Makes the cache of an engine. */
export function createCaching(world: StepWorld): Caching {
  const { options = {} } = world.caching
  const { tenant, user } = world.facts()
  const { epochMs, setTimeout } = world.clock
  const { controlsOf, onLevels, reportBug } = world
  const cache: AnswerCache | null =
    options === false
      ? null
      : createAnswerCache(options, {
          scope: { tenant, user },
          epochMs,
          setTimeout,
          controlsOf,
          onLevels,
          reportBug,
        })

  async function find<Input, Output>(
    { feature, input, options: turn, facts, state, world: own }: RunInHand<Input, Output>,
    { maxAgeMs }: CacheStep,
  ) {
    if (cache === null) return 'nothing is kept here'
    // The server said so, and the page does not know yet whether it was for what the feature said.
    if (state.failure === 'killed' && own.controlsOf(feature.id).enabled) return 'switched off by the server'
    cache.name(feature.id, facts.triple.prompt)
    const found = await cache.find(questionOf(feature, input, turn), maxAgeMs)
    if (typeof found === 'string') return found
    if (feature.schema === undefined) return { ...found, output: null }
    // The app may have been deployed since with another schema.
    const { schema } = feature
    const verdict = await new Promise<Verdict<Output>>((resolve) => {
      checkOutput(schema, found.text, resolve)
    })
    return verdict.kind === 'passed'
      ? { ...found, output: verdict.output }
      : 'what is kept does not pass the schema'
  }

  return {
    recall(run, step, held) {
      void find(run, step)
        .catch((error: unknown) => {
          reportBug('the cache step', error)
          return 'the cache failed'
        })
        .then((found) =>
          run.safely(() => {
            if (run.inHand !== held) return
            if (typeof found === 'string') return run.pass(found)
            held.kept = found
            run.win(found.output, found.text)
          }),
        )
    },
    keep({ feature, input, options: turn, answer }, record) {
      // What happens in a rehearsal is nothing that a server has said.
      if (cache === null || record.synthetic || world.caching.isOver) return
      cache.name(feature.id, record.triple.prompt)
      cache.keep(questionOf(feature, input, turn), record, {
        entries: answer.content.entries,
        text: feature.schema === undefined ? answer.text : answer.draft.text,
      })
    },
  }
}

function questionOf<Input>(
  feature: Question<Input>['feature'],
  input: Input,
  { conversationId, turn }: Pick<Question<Input>, 'conversationId' | 'turn'>,
): Question<Input> {
  return {
    feature,
    input,
    ...(conversationId !== undefined && { conversationId }),
    ...(turn !== undefined && { turn }),
  }
}
