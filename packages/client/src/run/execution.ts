import {
  type AttemptRecord,
  type CacheStep,
  type FallbackCause,
  type Feature,
  type ModelStep,
  type Moment,
  newSpanId,
  newTraceId,
  type Outcome,
  quantise,
  type RunRecord,
  type TemplateStep,
  type Triple,
} from '@evenkeel/shared'
import { createAnswer } from './answer.ts'
import { type AttemptEnd, blankAttempt } from './attempt-record.ts'
import { type Alarm, createBudgetClocks, timeoutOf } from './budget-clocks.ts'
import type { Content } from './content.ts'

import { NO_FACTS } from './facts.ts'
import { createJournal } from './journal.ts'
import { nextStep, startOf } from './ladder-walk.ts'
import { levelSpecOf } from './level-spec.ts'
import type { Asking } from './parts.ts'
import type { EarlierRun, RunState, StartOptions } from './run.ts'
import type { Lost, RunInHand, StepInHand } from './run-in-hand.ts'
import { conclude, type RunEnd } from './settle.ts'
import type { TextBuffer } from './text-buffer.ts'
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
  /** Its record if it were abandoned now. */
  draft(): RunRecord
  /** Takes the first step. Apart from the making, because a run may settle before this returns. */
  begin(): void
  /** Ends it where it has not ended: the user stopped it, or left it or asked anew. */
  end(by: 'user' | 'departure'): void
  /** For whoever finds that its answer cannot be drawn. */
  readonly run: Pick<RunInHand<never, unknown>, 'amend'>
  /** Lets go of a body that is still read to its end after the answer. */
  release(): void
}

const KEPT_PARTIAL: Lost = {
  failure: 'aborted',
  detail: 'not shown: the partial answer was in use',
}

const UNASKED: Lost = { failure: 'network', detail: 'what asks could not be loaded' }

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
  // One trace has one root, also where the run goes on in another page.
  const spanId = runId.slice(16)
  const isEnforced = feature.mode === 'enforce'
  const isText = feature.schema === undefined

  const inForce = world.levelOf(feature)
  const controls = world.controlsOf(feature.id)
  // Who leaves a run is on another page by the time that it ends.
  const { route } = world.facts()
  const top = startOf(feature.ladder, levelSpecOf(feature, 5).startAt)
  // Offline it is the attempt that says so, and its words are what the user is told.
  const start = world.page.isOnline()
    ? startOf(feature.ladder, levelSpecOf(feature, inForce.level).startAt)
    : top

  const journal = createJournal()
  const { visibleData } = feature
  const newAnswer = (onText = () => {}, onContent = () => {}) =>
    createAnswer({ isText, visibleData, sinceMs, onText, onContent })
  const answer = newAnswer(observer.onText, observer.onContent)
  const clocks = createBudgetClocks(feature, clock, sinceMs, (alarm) => safely(() => onAlarm(alarm)))
  let passed = -1
  let ownIntent: string | null = null
  let hasGivenUp = false
  /** The step that answered. */
  let won: StepInHand | null = null
  let stopWatching = () => {}

  const run: RunInHand<Input, Output> = {
    feature,
    input,
    options,
    runId,
    world,
    earlier,
    answer,
    journal,
    clocks,
    tooling: null,
    violations: undefined,
    facts: NO_FACTS,
    falls: [],
    inHand: null,
    state: {
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
    },
    isTold: () => levelSpecOf(feature, run.state.level).told,
    forgetAnswer() {
      run.facts = { ...run.facts, triple: NO_FACTS.triple, level: null, resume: null }
    },
    newAnswer: () => newAnswer(),
    nextAfter: (falls, modelTimeLeft) => nextStep(feature.ladder, falls, { start, passed, modelTimeLeft }),
    blankOf: (step) => blankAttempt(step, newSpanId(randomBytes), sinceMs()),
    sinceMs,
    change,
    armClocks,
    safely,
    callApp,
    close,
    win,
    pass,
    lose,
  }

  function armClocks(): void {
    clocks.arm({ intent: run.facts.intent ?? ownIntent, path: run.facts.path, level: run.state.level })
  }

  function note(moment: Moment): void {
    const { notice } = world.controlsOf(feature.id)
    const from = wordsFrom(feature.id, moment, run.state.level, world.deck(), notice)
    journal.addMoment({ moment, atMs: sinceMs(), ...from })
  }

  function change(patch: Partial<RunState<Output>>): void {
    const before = run.state.moment
    run.state = { ...run.state, ...patch }
    if (run.state.moment !== null && run.state.moment !== before) note(run.state.moment)
    observer.onChange()
  }

  /** Whatever goes wrong in here, the run settles. */
  function safely(work: () => unknown): void {
    try {
      work()
    } catch (error) {
      world.reportBug(`the run of feature '${feature.id}'`, error)
      if (run.inHand !== null) lose({ failure: 'bug', detail: `the run threw ${world.nameOf(error)}` })
      else settle('ladder')
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
      failed(`${what} threw ${world.nameOf(error)}`)
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
    run.falls.push({ at: start - 1, failure: 'killed', tierOnly: false })
    change({ failure: 'killed' })
    takeNext()
  }

  function onControls(): void {
    const { enabled, purge } = world.controlsOf(feature.id)
    // What may end is not to say to the end what it was switched off for.
    if (enabled || (feature.whenKilled === 'finish' && !purge)) return
    lose({ failure: 'killed', detail: 'switched off while it was under way' })
  }

  function onAlarm(alarm: Alarm): void {
    if (alarm === 'slow') {
      if (!answer.isShown) change({ moment: 'slow' })
      return
    }
    hasGivenUp ||= alarm === 'give-up'
    // An answer that is being checked is complete already.
    if (run.inHand?.isComplete === false) lose(timeoutOf(alarm, clocks.budget, answer.hasContent))
  }

  function takeNext(): void {
    const at = run.nextAfter(run.falls, !isEnforced || (!hasGivenUp && sinceMs() < clocks.budget.giveUpMs))
    const step = at === null ? undefined : feature.ladder[at]
    // A partial answer is more than none.
    if (at === null || step === undefined || (step.step === 'omit' && answer.isShown)) return settle('ladder')
    const blank = run.blankOf(step)
    change({ step: step.step, tier: blank.tier })
    const held = { at, blank, attempt: null, isComplete: step.step !== 'model' }
    run.inHand = held
    if (step.step === 'template') return fill(step)
    if (step.step !== 'omit') return ask(step, held)
    journal.addAttempt(blank)
    run.inHand = null
    settle('ladder')
  }

  function ask(step: ModelStep<Input> | CacheStep, held: StepInHand): void {
    if (step.step === 'model') {
      answer.begin()
      if (!world.page.isOnline()) return lose({ failure: 'offline', detail: 'the browser is offline' })
    }
    const asking = world.loadAsking()
    const onLoaded = ({ take }: Asking) => safely(() => run.inHand === held && take(run, step, held))
    if (!('then' in asking)) return onLoaded(asking)
    // A click that came before what asks was there: it waits, on the run's own clocks.
    void asking.then(onLoaded, (error: unknown) => {
      world.reportBug('loading what asks', error)
      safely(() => run.inHand === held && lose(UNASKED))
    })
  }

  /** The step in hand gave an answer: these words, or what the answer holds already. */
  function win(output: Output | null, words?: string): void {
    if (run.inHand === null) return
    const replaced = isText && (words === undefined ? answer.isHidden : answer.isShown)
    if (replaced && !observer.mayReplace()) return lose(KEPT_PARTIAL)
    won = run.inHand
    run.inHand = null
    won.rival?.(null)
    if (won.kept) run.facts = { ...run.facts, triple: won.kept.triple }
    if (words !== undefined) answer.put(words)
    journal.addAttempt(close(won, { failure: null, detail: null }))
    if (words === undefined && (answer.isHidden || !isText)) answer.commit()
    settle('ladder', output, replaced)
  }

  /** The step in hand gave none. */
  function lose(end: Lost, tierOnly?: boolean): void {
    if (run.inHand === null) return
    const held = run.inHand
    const { at, attempt } = held
    run.inHand = null
    journal.addAttempt(close(held, end))
    attempt?.cancel()
    const { failure } = end
    run.falls.push({ at, failure, tierOnly: tierOnly ?? attempt?.tierOnly ?? false })
    change({ failure })
    if (!held.rival?.(failure)) takeNext()
  }

  /** The step in hand had nothing, and nothing went wrong. */
  function pass(detail: string): void {
    if (run.inHand === null) return
    journal.addAttempt(close(run.inHand, { failure: 'empty', detail }))
    passed = run.inHand.at
    run.inHand = null
    takeNext()
  }

  /** The record of a step that has ended, of which the next runs hear too. */
  function close({ at, blank, attempt }: StepInHand, end: AttemptEnd): AttemptRecord {
    const { failure } = end
    if (attempt === null) {
      const endedMs = sinceMs()
      return { ...blank, ...end, endedMs, firstTokenMs: failure === null ? endedMs : null }
    }
    const { tierOnly, retryAfterMs } = attempt
    const about = { id: blank.spanId, failure, tierOnly, retryAfterMs, serverLevel: run.facts.level }
    world.health()?.report(feature, at, about)
    return attempt.close(end)
  }

  function fill(step: TemplateStep<Input, Output>): void {
    let end: Lost = { failure: 'empty', detail: 'the template gave nothing' }
    const rendered = callApp(
      'template',
      () => step.render(input),
      (detail) => {
        end = { failure: 'bug', detail }
      },
    )
    const words = isText && typeof rendered === 'string' ? rendered : null
    if (rendered === undefined || rendered === null || words?.trim() === '') return lose(end)
    win(words === null ? (rendered as Output) : null, words ?? '')
  }

  function settle(by: RunEnd['by'], output: Output | null = null, replaced = false): void {
    if (run.state.phase === 'settled') return
    clocks.stop()
    stopWatching()
    if (run.inHand !== null) {
      run.inHand.rival?.(null)
      const detail = by === 'user' ? 'stopped by the user' : 'left or superseded'
      journal.addAttempt(close(run.inHand, { failure: 'aborted', detail }))
      run.inHand.attempt?.cancel()
      run.inHand = null
    }
    const { outcome, fallbackCause, moment } = conclude({
      by,
      answered: won && { step: won.blank.step, isTop: won.at === top, replaced },
      level: run.state.level,
      isTold: run.isTold(),
      hasContent: answer.isShown,
      failures: run.falls.map(({ failure }) => failure),
    })
    change({ phase: 'settled', outcome, moment, output, ageMs: won?.kept?.ageMs ?? null })
    const settled = record(outcome, fallbackCause)
    observer.onSettled(run.amend?.(settled) ?? settled)
  }

  function record(outcome: Outcome, fallbackCause: FallbackCause | null): RunRecord {
    const settledMs = sinceMs()
    const { level, levelBy } = run.state
    const { firstTokenMs, completeMs } = clocks.budget
    return journal.close({
      ...world.facts(),
      route,
      runId,
      spanId,
      feature: feature.id,
      interaction: feature.interaction,
      intent: run.facts.intent ?? ownIntent,
      path: run.facts.path,
      outcome,
      fallbackCause,
      level,
      levelBy,
      startedAtEpochMs,
      firstTokenMs: answer.firstTokenMs,
      completeMs: won && settledMs,
      settledMs,
      budgetFirstTokenMs: firstTokenMs,
      budgetCompleteMs: completeMs,
      ...(!isEnforced && { observed: null }),
      triple: run.facts.triple,
      cold: run.facts.cold,
      flags: controls.flags,
      timeline: answer.arrivals.encode(),
      answerLength: isText ? answer.text.length : won === null ? 0 : answer.draft.text.length,
      ...(won?.kept && { answerAgeMs: won.kept.ageMs }),
      conversationId: options.conversationId ?? null,
      turn: options.turn ?? null,
    })
  }

  return {
    runId,
    text: answer.text,
    get content() {
      return answer.content
    },
    get state() {
      return run.state
    },
    get triple() {
      return run.facts.triple
    },
    get resumeUrl() {
      return run.facts.resume
    },
    draft: () => record('abandoned', null),
    begin() {
      if (feature.tools === undefined) return safely(begin)
      observer.onChange()
      void world
        .loadTooling()
        .then(
          (loaded) => {
            run.tooling = loaded
          },
          (error: unknown) => world.reportBug('loading the client tools', error),
        )
        .then(() => safely(() => run.state.phase === 'settled' || begin()))
    },
    end: (by) => settle(by),
    run,
    release: () => won?.attempt?.cancel(),
  }
}
