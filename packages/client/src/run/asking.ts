import type { AttemptContext, ModelStep } from '@evenkeel/shared'
import { type AttemptObserver, startAttempt } from './attempt.ts'
import { checkOutput, describePaths, type Verdict } from './check-output.ts'
import { type ExchangeWorld, openExchange } from './exchange.ts'
import type { OpenExchange } from './exchange-contract.ts'
import { createReaders, type ReadingParts } from './reading.ts'
import { buildRequest } from './request.ts'
import type { Ask, RunInHand, StepInHand } from './run-in-hand.ts'
import { withMetadata, withModel } from './server-facts.ts'
import type { StepWorld } from './step-world.ts'
import type { ToolSetting } from './tool-exchange.ts'

export function createAsk(parts: ReadingParts): Ask {
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
      observe(run, held),
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
function observe<Input, Output>(run: RunInHand<Input, Output>, held: StepInHand): AttemptObserver {
  const { feature, world, answer } = run
  const { schema } = feature

  function noteContent(): void {
    if (run.state.phase !== 'waiting' || !answer.hasContent) return
    held.rival?.(null)
    run.change({
      phase: 'streaming',
      ...(answer.isShown && { moment: run.isTold() ? 'limited' : 'disclosure' }),
    })
  }

  function judge(verdict: Verdict<Output>): void {
    // The user may have left while an asynchronous schema was thinking.
    if (run.inHand !== held) return
    if (verdict.kind === 'passed') return run.win(verdict.output)
    if (verdict.kind === 'threw') {
      world.reportBug(`schema of feature '${feature.id}'`, verdict.error)
      return run.lose({ failure: 'bug', detail: `schema threw ${world.nameOf(verdict.error)}` })
    }
    run.violations = verdict.paths
    run.lose({ failure: 'schema', detail: describePaths(verdict.paths) })
  }

  return {
    onContent(event) {
      run.safely(() => {
        answer.take(event)
        noteContent()
      })
      return answer.hasContent
    },
    onWithdrawn: (ids) => run.safely(() => answer.withdraw(ids)),
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
        if (!answer.hasContent && (schema === undefined || answer.draft.read().trim() === '')) {
          return run.lose({ failure: 'empty', detail: 'nothing visible in the answer' })
        }
        held.isComplete = true
        if (schema === undefined) return run.win(null)
        checkOutput(schema, answer.draft.read(), (verdict) => run.safely(() => judge(verdict)))
      }),
  }
}
