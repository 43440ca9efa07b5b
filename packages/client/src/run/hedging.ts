import type { Failure } from '@evenkeel/shared'
import type { Answer } from './answer.ts'
import { takeContent } from './answer-taking.ts'
import { hedgeAt } from './hedge-at.ts'
import type { Ask, Lost, RunInHand, StepInHand } from './run-in-hand.ts'

/** After these nobody else is to be asked either. A test holds it to the failure table. */
export const ENDS_THE_RACE: ReadonlySet<Failure> = new Set(['offline', 'refusal', 'killed', 'aborted', 'bug'])

/** Timers ring a little early now and then. */
const SLACK_MS = 50

const BEATEN: Lost = { failure: 'aborted', detail: 'a hedge was faster' }
const UNNEEDED: Lost = {
  failure: 'aborted',
  detail: 'the attempt that it raced was faster, or the run ended',
}

/**
 * Races a later model step beside the attempt in hand, if that is late and the conditions hold. Whoever has
 * something to show first wins, and the other is hung up on; both are in the record. Where the late attempt
 * fails, the hedge is the next step that is under way already.
 */
export function hedge<Input, Output>(run: RunInHand<Input, Output>, late: StepInHand, ask: Ask): void {
  const { world, clocks, sinceMs } = run
  if (run.inHand !== late || late.isComplete) return
  const dueMs = late.blank.startedMs + clocks.budget.hedgeAfterMs
  const cancel = world.clock.setTimeout(() => run.safely(start), Math.max(0, dueMs - sinceMs()))
  late.rival = () => {
    cancel()
    return false
  }

  function start(): void {
    if (run.inHand === late && !late.isComplete) race(run, late, ask)
  }
}

function race<Input, Output>(run: RunInHand<Input, Output>, late: StepInHand, ask: Ask): void {
  const { feature, world, answer, journal, runId, falls, clocks, sinceMs } = run
  const at = hedgeAt({
    feature,
    runId,
    at: late.at,
    falls,
    hasContent: answer.hasContent || answer.isShown,
    isVisible: world.page.isVisible() && world.page.isOnline(),
    isAllowed: world.controlsOf(feature.id).hedge,
  })
  const step = at === null ? undefined : feature.ladder[at]
  if (at === null || step?.step !== 'model') return
  // It is more work for the same wish, so it comes out of the same budget as a retry.
  if (world.health()?.mayRetry(feature, at) === false) return

  const rival: StepInHand = {
    at,
    blank: { ...run.blankOf(step), hedge: true },
    attempt: null,
    isComplete: false,
  }
  const draft = run.newAnswer()
  let isRacing = true
  /** What would have changed in the run's state, had the hedge been the attempt in hand. */
  let changes: Parameters<typeof run.change>[0] = {}

  const own: Partial<RunInHand<Input, Output>> = {
    // Whoever holds it goes on writing into the run's own answer after the race.
    answer: new Proxy(draft, {
      get: (_draft, name) => Reflect.get(isRacing ? draft : answer, name),
      set: (_draft, name, value) => Reflect.set(isRacing ? draft : answer, name, value),
    }),
    journal: { ...journal, attemptCount: journal.attemptCount + 1 },
    earlier: null,
    falls: [],
    violations: undefined,
    facts: run.facts,
    forgetAnswer() {
      const before = run.facts
      run.forgetAnswer()
      own.facts = run.facts
      run.facts = before
    },
    armClocks() {},
    change(patch) {
      changes = { ...changes, ...patch }
      if (patch.phase !== undefined) overtake()
    },
    inHand: rival,
    win(output, words) {
      overtake()
      run.win(output, words)
    },
    lose(end, tierOnly) {
      late.rival = undefined
      const isAsked = rival.attempt !== null
      letGo(end)
      if (!isAsked) return
      falls.push({ at, failure: end.failure, tierOnly: tierOnly ?? rival.attempt?.tierOnly ?? false })
    },
  }
  /** The run as the hedge sees it: its own while they race, and the run itself once it has taken over. */
  const racer = new Proxy(run, {
    get: (_run, name) => Reflect.get(isRacing && name in own ? own : run, name),
    set: (_run, name, value) => Reflect.set(isRacing && name in own ? own : run, name, value),
  })

  function letGo(end: Lost): void {
    isRacing = false
    if (rival.attempt === null) return
    journal.addAttempt(run.close(rival, end))
    rival.attempt.cancel()
  }

  function overtake(): void {
    late.rival = undefined
    journal.addAttempt(run.close(late, BEATEN))
    late.attempt?.cancel()
    falls.push({ at: late.at, failure: BEATEN.failure, tierOnly: false })
    takeOver()
  }

  function takeOver(): void {
    isRacing = false
    run.inHand = rival
    run.facts = own.facts ?? run.facts
    answer.begin()
    copy(draft, answer)
    run.armClocks()
    run.change({ tier: rival.blank.tier, ...changes })
  }

  late.rival = (failure) => {
    late.rival = undefined
    if (!isRacing) return false
    const isOver = sinceMs() > clocks.budget.giveUpMs - SLACK_MS
    if (failure === null || isOver || ENDS_THE_RACE.has(failure)) {
      letGo(UNNEEDED)
      return false
    }
    takeOver()
    return true
  }
  ask(racer, step, rival)
}

function copy(from: Answer, to: Answer): void {
  for (const entry of from.content.entries) {
    if ('pieces' in entry) takeContent(to, { type: entry.type, id: entry.id, delta: entry.pieces.join('') })
    else takeContent(to, entry)
  }
}
