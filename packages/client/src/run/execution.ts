import {
  type AttemptContext,
  type AttemptRecord,
  type Failure,
  type Feature,
  type ModelStep,
  type Moment,
  newSpanId,
  newTraceId,
  quantise,
  type RunRecord,
  type StepKind,
  type TemplateStep,
  type Triple,
} from '@evenkeel/shared'
import { createAnswer } from './answer.ts'
import {
  type Attempt,
  type AttemptEnd,
  type AttemptIdentity,
  type AttemptObserver,
  blankAttempt,
  identifyAttempt,
  startAttempt,
} from './attempt.ts'
import { type Alarm, createBudgetClocks, timeoutOf } from './budget-clocks.ts'
import { checkOutput, describePaths, type Schema, type Verdict } from './check-output.ts'
import type { Content } from './content.ts'
import { type ExchangeWorld, nameOf, openExchange } from './exchange.ts'
import type { OpenExchange } from './exchange-contract.ts'
import { createJournal } from './journal.ts'
import { type Fall, nextStep, startOf } from './ladder-walk.ts'
import { levelSpecOf } from './level-spec.ts'
import type { Tooling } from './parts.ts'
import { buildRequest } from './request.ts'
import type { EarlierRun, RunState, StartOptions } from './run.ts'
import { NO_FACTS, withMetadata, withModel } from './server-facts.ts'
import { conclude, type RunEnd } from './settle.ts'
import type { TextBuffer } from './text-buffer.ts'
import type { ToolSetting } from './tool-exchange.ts'
import { wordsFrom } from './words-from.ts'
import type { World } from './world.ts'

/** What a run tells the store that holds it. */
export interface ExecutionObserver {
  onChange(): void
  onText(): void
  onContent(): void
  /** Called once, after the last change. */
  onSettled(record: RunRecord): void
  /** Whether an answer may take the place of a partial one now. */
  mayReplace(): boolean
}

/** One run, from trigger to settled. */
export interface Execution<Output> {
  readonly runId: string
  readonly state: RunState<Output>
  readonly text: TextBuffer
  readonly content: Content
  readonly triple: Triple
  /** Where the answer in hand can be resumed. */
  readonly resumeUrl: string | null
  /** Takes the first step. Apart from the making, because a run may settle before this returns. */
  begin(): void
  /** Ends it where it has not ended: the user stopped it, or left it or asked anew. */
  end(by: 'user' | 'departure'): void
  /** Lets go of a body that is still read to its end after the answer. */
  release(): void
}

/** An answer that came, and where from. */
interface Won<Output> {
  readonly step: StepKind
  readonly at: number
  readonly output: Output | null
  /** It took the place of a partial answer. */
  readonly replaced: boolean
}

interface InHand {
  /** Its place on the ladder. */
  readonly at: number
  readonly attempt: Attempt
}

type Lost = AttemptEnd & { readonly failure: Failure }

const KEPT_PARTIAL: Lost = {
  failure: 'aborted',
  detail: 'not shown: the partial answer was in use',
}

/** Runs `feature` once. Its clock starts here. */
export function createExecution<Input, Output>(
  feature: Feature<Input, Output>,
  input: Input,
  options: StartOptions,
  world: World,
  observer: ExecutionObserver,
  earlier: EarlierRun | null = null,
): Execution<Output> {
  const { clock, randomBytes } = world
  const startedAtEpochMs = earlier?.startedAtEpochMs ?? Math.round(clock.epochMs())
  const startedAtMs = clock.nowMs() - (earlier === null ? 0 : clock.epochMs() - startedAtEpochMs)
  const sinceMs = () => quantise(clock.nowMs() - startedAtMs)
  const runId = earlier?.runId ?? newTraceId(randomBytes)
  const spanId = newSpanId(randomBytes)
  const isEnforced = feature.mode === 'enforce'
  const isText = feature.schema === undefined

  const inForce = world.levelOf(feature)
  const controls = world.controlsOf(feature.id)
  const top = startOf(feature.ladder, levelSpecOf(feature, 5).startAt)
  // Offline it is the attempt that says so, and its words are what the user is told.
  const start = world.page.isOnline()
    ? startOf(feature.ladder, levelSpecOf(feature, inForce.level).startAt)
    : top

  const journal = createJournal()
  const { visibleData } = feature
  const answer = createAnswer({ isText, visibleData }, sinceMs, observer.onText, observer.onContent)
  const clocks = createBudgetClocks(feature, clock, sinceMs, (alarm) => safely(() => onAlarm(alarm)))
  const falls: Fall[] = []
  let facts = NO_FACTS
  let ownIntent: string | null = null
  let tooling: Tooling | null = null
  let hasGivenUp = false
  let violations: readonly string[] | undefined
  let inHand: InHand | null = null
  let stopWatching = () => {}
  /** The attempt whose answer is complete: being checked, or already the run's. */
  let completed: Attempt | null = null
  let state: RunState<Output> = {
    phase: 'waiting',
    runId,
    outcome: null,
    step: null,
    tier: null,
    failure: null,
    moment: 'waiting',
    level: inForce.level,
    levelBy: inForce.by,
    output: null,
  }

  function armClocks(): void {
    clocks.arm({ intent: facts.intent ?? ownIntent, path: facts.path, level: state.level })
  }

  function note(moment: Moment): void {
    const { notice } = world.controlsOf(feature.id)
    const from = wordsFrom(feature.id, moment, state.level, world.deck(), notice)
    journal.addMoment({ moment, atMs: sinceMs(), ...from })
  }

  function change(patch: Partial<RunState<Output>>): void {
    const before = state.moment
    state = { ...state, ...patch }
    if (state.moment !== null && state.moment !== before) note(state.moment)
    observer.onChange()
  }

  /** Whatever goes wrong in here, the run settles. */
  function safely(work: () => unknown): void {
    try {
      work()
    } catch (error) {
      world.reportBug(`the run of feature '${feature.id}'`, error)
      if (inHand !== null) lose({ failure: 'bug', detail: `the run threw ${nameOf(error)}` })
      else settle('ladder', null)
    }
  }

  /** Calls the app's own code; `failed` gets the words for the record where it throws. */
  function callApp<Result>(
    what: string,
    call: () => Result,
    failed: (detail: string) => void,
  ): Result | undefined {
    try {
      return call()
    } catch (error) {
      world.reportBug(`${what} of feature '${feature.id}'`, error)
      failed(`${what} threw ${nameOf(error)}`)
    }
  }

  function begin(): void {
    // Only figures and budgets depend on the intent, so an exception there costs the user nothing.
    ownIntent = callApp('intent', () => feature.intent?.(input), journal.addRemark) ?? null
    armClocks()
    note('waiting')
    if (controls.enabled) {
      stopWatching = world.onLevels(() => safely(onControls))
      return takeNext()
    }
    falls.push({ at: start - 1, failure: 'killed', tierOnly: false })
    change({ failure: 'killed' })
    takeNext()
  }

  function onControls(): void {
    if (feature.whenKilled === 'finish' || world.controlsOf(feature.id).enabled) return
    lose({ failure: 'killed', detail: 'switched off while it was under way' })
  }

  function onAlarm(alarm: Alarm): void {
    if (alarm === 'slow') {
      if (!answer.isShown) change({ moment: 'slow' })
      return
    }
    hasGivenUp ||= alarm === 'give-up'
    // An answer that is being checked is complete already.
    if (inHand === null || inHand.attempt === completed) return
    lose(timeoutOf(alarm, clocks.budget, answer.hasContent))
  }

  function takeNext(): void {
    const modelTimeLeft = !isEnforced || (!hasGivenUp && sinceMs() < clocks.budget.giveUpMs)
    const at = nextStep(feature.ladder, falls, { start, modelTimeLeft })
    const step = at === null ? undefined : feature.ladder[at]
    // A partial answer is more than none.
    if (at === null || step === undefined || (step.step === 'omit' && answer.isShown)) {
      return settle('ladder', null)
    }
    const identity = identifyAttempt(step, newSpanId(randomBytes), sinceMs())
    change({ step: step.step, tier: identity.tier })
    if (step.step === 'model') return ask(step, at, identity)
    if (step.step === 'template') return fill(step, at, identity)
    journal.addAttempt(blankAttempt(identity))
    settle('ladder', null)
  }

  function ask(step: ModelStep<Input>, at: number, identity: AttemptIdentity): void {
    answer.begin()
    if (!world.page.isOnline()) {
      return loseAtOnce(at, identity, { failure: 'offline', detail: 'the browser is offline' })
    }
    const context = {
      ...options,
      runId,
      attempt: journal.attemptCount,
      tier: identity.tier ?? '',
      ...(violations && { violations }),
    }
    violations = undefined
    const { origin } = world.page
    const { propagateTo } = world
    const build = (about: AttemptContext, failed: (end: Lost) => void) =>
      callApp(
        'request',
        () => buildRequest(step, input, about, identity.spanId, { origin, propagateTo }),
        (detail) => failed({ failure: 'bug', detail }),
      )
    const request = build(context, (end) => loseAtOnce(at, identity, end))
    if (!request) return
    const isRetry = falls.at(-1)?.at === at
    const asking = { id: identity.spanId, level: state.level, isRetry }
    const notAsked = world.health()?.ask(feature, at, asking)
    if (notAsked) return loseAtOnce(at, identity, notAsked, notAsked.tierOnly)
    facts = { ...facts, triple: NO_FACTS.triple, level: null, resume: null }
    const attempt = startAttempt(
      {
        identity,
        request: { ...request, mayRetry: () => world.health()?.mayRetry(feature, at) ?? true },
        world: earlier === null || journal.attemptCount > 0 ? world : { ...world, fetch: earlier.fetch },
        sinceMs,
        stallMs: () => clocks.budget.stallMs,
        enforced: isEnforced,
        open: openWith(
          (toolResults) => build({ ...context, toolResults }, (end) => safely(() => lose(end))) ?? null,
        ),
      },
      attemptObserver,
    )
    inHand = { at, attempt }
  }

  /** How an attempt opens its exchange: one that goes on after client tools, where the feature has any. */
  function openWith(followUp: ToolSetting<World>['followUp']): OpenExchange<ExchangeWorld> {
    const { tools } = feature
    if (tooling === null || tools === undefined) return openExchange
    const { openToolExchange } = tooling
    return (...asked) => openToolExchange({ runId, tools, world, open: openExchange, followUp }, ...asked)
  }

  const attemptObserver: AttemptObserver = {
    onContent(event) {
      safely(() => {
        answer.take(event)
        noteContent()
      })
      return answer.hasContent
    },
    onWithdrawn: (ids) => safely(() => answer.withdraw(ids)),
    onMetadata: (said) =>
      safely(() => {
        facts = withMetadata(facts, said)
        const { level } = facts
        const isLower = level !== null && level < state.level
        if (isLower) change({ level, levelBy: 'server' })
        if (isLower || said.intent !== undefined || said.path !== undefined) armClocks()
      }),
    onModel: (model) => {
      facts = withModel(facts, model)
    },
    onStall: journal.addStall,
    onEnd: (end) => safely(() => onEnd(end)),
  }

  function noteContent(): void {
    if (state.phase !== 'waiting' || !answer.hasContent) return
    if (!answer.isShown) return change({ phase: 'streaming' })
    const { told } = levelSpecOf(feature, state.level)
    change({ phase: 'streaming', moment: told ? 'limited' : 'disclosure' })
  }

  function onEnd({ failure, detail }: AttemptEnd): void {
    if (inHand === null) return
    if (failure !== null) return lose({ failure, detail })
    // An object may be whole without a field to see.
    if (!answer.hasContent && (isText || answer.draft.read().trim() === '')) {
      return lose({ failure: 'empty', detail: 'nothing visible in the answer' })
    }
    completed = inHand.attempt
    if (feature.schema === undefined) win(null)
    else check(feature.schema, completed)
  }

  function check(schema: Schema<Output>, attempt: Attempt): void {
    checkOutput(schema, answer.draft.read(), (verdict) =>
      safely(() => {
        // The user may have left while an asynchronous schema was thinking.
        if (inHand?.attempt === attempt) judge(verdict)
      }),
    )
  }

  function judge(verdict: Verdict<Output>): void {
    if (verdict.kind === 'passed') return win(verdict.output)
    if (verdict.kind === 'threw') {
      world.reportBug(`schema of feature '${feature.id}'`, verdict.error)
      return lose({ failure: 'bug', detail: `schema threw ${nameOf(verdict.error)}` })
    }
    violations = verdict.paths
    lose({ failure: 'schema', detail: describePaths(violations) })
  }

  /** The attempt in hand gave an answer. */
  function win(output: Output | null): void {
    if (inHand === null) return
    const replaced = isText && answer.isHidden
    if (replaced && !observer.mayReplace()) return lose(KEPT_PARTIAL)
    const held = inHand
    inHand = null
    journal.addAttempt(close(held, { failure: null, detail: null }))
    if (answer.isHidden || !isText) answer.commit()
    settle('ladder', { step: 'model', at: held.at, output, replaced })
  }

  /** The attempt in hand gave none. */
  function lose(end: Lost): void {
    if (inHand === null) return
    const held = inHand
    inHand = null
    completed = null
    const record = close(held, end)
    held.attempt.cancel()
    fall(held.at, record, end.failure, held.attempt.tierOnly)
  }

  function loseAtOnce(at: number, identity: AttemptIdentity, end: Lost, tierOnly = false): void {
    const { failure, detail } = end
    fall(at, { ...blankAttempt(identity), failure, detail }, failure, tierOnly)
  }

  /** The record of an attempt that has ended, of which the next runs hear too. */
  function close({ at, attempt }: InHand, end: AttemptEnd): AttemptRecord {
    const record = attempt.close(end)
    const { tierOnly, retryAfterMs } = attempt
    const { spanId: id, failure } = record
    world.health()?.report(feature, at, { id, failure, tierOnly, retryAfterMs, serverLevel: facts.level })
    return record
  }

  function fall(at: number, record: AttemptRecord, failure: Failure, tierOnly: boolean): void {
    journal.addAttempt(record)
    falls.push({ at, failure, tierOnly })
    change({ failure })
    takeNext()
  }

  function fill(step: TemplateStep<Input, Output>, at: number, identity: AttemptIdentity): void {
    let end: Lost = { failure: 'empty', detail: 'the template gave nothing' }
    const rendered = callApp(
      'template',
      () => step.render(input),
      (detail) => {
        end = { failure: 'bug', detail }
      },
    )
    const words = isText && typeof rendered === 'string' ? rendered : null
    if (rendered === undefined || rendered === null || words?.trim() === '') {
      return loseAtOnce(at, identity, end)
    }
    const replaced = answer.isShown
    if (replaced && !observer.mayReplace()) return loseAtOnce(at, identity, KEPT_PARTIAL)
    answer.put(words ?? '')
    journal.addAttempt({ ...blankAttempt(identity), endedMs: sinceMs(), firstTokenMs: sinceMs() })
    const output = words === null ? (rendered as Output) : null
    settle('ladder', { step: 'template', at, output, replaced })
  }

  function settle(by: RunEnd['by'], won: Won<Output> | null): void {
    if (state.phase === 'settled') return
    clocks.stop()
    stopWatching()
    if (inHand !== null) {
      const detail = by === 'user' ? 'stopped by the user' : 'left or superseded'
      journal.addAttempt(close(inHand, { failure: 'aborted', detail }))
      inHand.attempt.cancel()
      inHand = null
    }
    const { outcome, fallbackCause, moment } = conclude({
      by,
      answered: won && { step: won.step, isTop: won.at === top, replaced: won.replaced },
      level: state.level,
      isTold: levelSpecOf(feature, state.level).told,
      hasContent: answer.isShown,
      failures: falls.map(({ failure }) => failure),
    })
    change({ phase: 'settled', outcome, moment, output: won?.output ?? null })
    const settledMs = sinceMs()
    observer.onSettled(
      journal.close({
        ...world.facts(),
        runId,
        spanId,
        feature: feature.id,
        interaction: feature.interaction,
        intent: facts.intent ?? ownIntent,
        path: facts.path,
        outcome,
        fallbackCause,
        level: state.level,
        levelBy: state.levelBy,
        startedAtEpochMs,
        firstTokenMs: answer.firstTokenMs,
        completeMs: won === null ? null : settledMs,
        settledMs,
        budgetFirstTokenMs: clocks.budget.firstTokenMs,
        budgetCompleteMs: clocks.budget.completeMs,
        triple: facts.triple,
        cold: facts.cold,
        flags: controls.flags,
        timeline: answer.timeline(),
        answerLength: isText ? answer.text.length : won === null ? 0 : answer.draft.length,
        conversationId: options.conversationId ?? null,
        turn: options.turn ?? null,
      }),
    )
  }

  return {
    runId,
    text: answer.text,
    get content() {
      return answer.content
    },
    get state() {
      return state
    },
    get triple() {
      return facts.triple
    },
    get resumeUrl() {
      return facts.resume
    },
    begin() {
      if (feature.tools === undefined) return safely(begin)
      observer.onChange()
      void world
        .loadTooling()
        .then(
          (loaded) => {
            tooling = loaded
          },
          (error: unknown) => world.reportBug('loading the client tools', error),
        )
        .then(() => safely(() => state.phase === 'settled' || begin()))
    },
    end: (by) => settle(by, null),
    release: () => completed?.cancel(),
  }
}
