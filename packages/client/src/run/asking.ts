import type { AttemptContext, ModelStep } from '@evenkeel/shared'
import { takeContent, withdrawContent } from './answer-taking.ts'
import { type AttemptObserver, startAttempt } from './attempt.ts'
import { type ExchangeWorld, openExchange } from './exchange.ts'
import type { OpenExchange } from './exchange-contract.ts'
import { createReaders, type ReadingParts } from './reading.ts'
import { buildRequest } from './request.ts'
import type { Ask, Lost, RunInHand, StepInHand } from './run-in-hand.ts'
import { withMetadata, withModel } from './server-facts.ts'
import type { StepWorld } from './step-world.ts'
import type { ToolSetting } from './tool-exchange.ts'

/** What only some attempts need. */
export interface AskingParts extends ReadingParts {
  /** For features with a schema. */
  loadJudging(): Promise<Pick<typeof import('./judging.ts'), 'judgeAnswer'>>
}

const UNJUDGED: Lost = { failure: 'network', detail: 'what judges the answer could not be loaded' }

export function createAsk(parts: AskingParts): Ask {
  const readers = createReaders(parts)

  return function ask<Input, Output>(
    run: RunInHand<Input, Output>,
    step: ModelStep<Input>,
    held: StepInHand,
  ): void {
    const { feature, world, journal, runId, options, earlier, violations } = run
    const { at, blank } = held
    const context = {
      ...options,
      runId,
      attempt: journal.attemptCount,
      tier: blank.tier ?? '',
      ...(violations && { violations }),
    }
    run.violations = undefined
    const build = (about: AttemptContext) =>
      run.callApp(
        'request',
        () =>
          buildRequest(step, run.input, about, blank.spanId, {
            origin: world.page.origin,
            propagateTo: world.propagateTo,
          }),
        (detail) => run.lose({ failure: 'bug', detail }),
      )
    const request = build(context)
    if (!request) return
    const asking = { id: blank.spanId, level: run.state.level, isRetry: run.falls.at(-1)?.at === at }
    const notAsked = world.health()?.ask(feature, at, asking)
    if (notAsked) return run.lose(notAsked, notAsked.tierOnly)
    run.forgetAnswer()
    const own: StepWorld & ExchangeWorld = { ...world, readers }
    held.attempt = startAttempt(
      {
        blank,
        request: { ...request, mayRetry: () => world.health()?.mayRetry(feature, at) ?? true },
        world: earlier === null || journal.attemptCount > 0 ? own : { ...own, fetch: earlier.fetch },
        sinceMs: run.sinceMs,
        stallMs: () => run.clocks.budget.stallMs,
        enforced: feature.mode === 'enforce',
        open: openWith(run, own, (toolResults) => build({ ...context, toolResults }) ?? null),
      },
      observe(run, held, parts.loadJudging),
    )
  }
}

/** How an attempt opens its exchange: one that goes on after client tools, where the feature has any. */
function openWith(
  { feature: { tools }, tooling, runId }: Pick<RunInHand<never, unknown>, 'feature' | 'tooling' | 'runId'>,
  world: StepWorld & ExchangeWorld,
  followUp: ToolSetting<ExchangeWorld>['followUp'],
): OpenExchange<ExchangeWorld> {
  if (tooling === null || tools === undefined) return openExchange
  return (...asked) =>
    tooling.openToolExchange({ runId, tools, world, open: openExchange, followUp }, ...asked)
}

/** What the events of an attempt are to its run. */
function observe<Input, Output>(
  run: RunInHand<Input, Output>,
  held: StepInHand,
  loadJudging: AskingParts['loadJudging'],
): AttemptObserver {
  const { feature, world, answer } = run
  const { schema } = feature
  // Loaded while the model thinks, where it is not here yet.
  const judging = schema && loadJudging()
  judging?.catch(() => {})

  function noteContent(): void {
    if (run.state.phase !== 'waiting' || !answer.hasContent) return
    held.rival?.(null)
    run.change({
      phase: 'streaming',
      ...(answer.isShown && { moment: run.isTold() ? 'limited' : 'disclosure' }),
    })
  }

  return {
    onContent(event) {
      run.safely(() => {
        takeContent(answer, event)
        noteContent()
      })
      return answer.hasContent
    },
    onWithdrawn: (ids) => run.safely(() => withdrawContent(answer, ids)),
    onMetadata: (said) =>
      run.safely(() => {
        run.facts = withMetadata(run.facts, said)
        const { level } = run.facts
        const isLower = level !== null && level < run.state.level
        if (isLower) run.change({ level, levelBy: 'server' })
        if (isLower || said.intent !== undefined || said.path !== undefined) run.armClocks()
      }),
    onModel(model) {
      run.facts = withModel(run.facts, model)
    },
    onStall: run.journal.addStall,
    onEnd: ({ failure, detail }) =>
      run.safely(() => {
        if (run.inHand !== held) return
        if (failure !== null) return run.lose({ failure, detail })
        // An object may be whole without a field to see.
        if (!answer.hasContent && (schema === undefined || answer.draft.text.read().trim() === '')) {
          return run.lose({ failure: 'empty', detail: 'nothing visible in the answer' })
        }
        held.isComplete = true
        if (schema === undefined) return run.win(null)
        judging?.then(
          ({ judgeAnswer }) => run.safely(() => run.inHand === held && judgeAnswer(run, held, schema)),
          (error: unknown) => {
            world.reportBug('loading what judges', error)
            run.safely(() => run.inHand === held && run.lose(UNJUDGED))
          },
        )
      }),
  }
}
