import type { Defect } from '../plant.ts'

/** A defect in the library's built page, and the rows that have to notice it. */
export interface Planted extends Defect {
  readonly rows: readonly string[]
}

const RUN = 'client/src/run'
const STREAM = 'client/src/stream'
const REACT = 'client/src/react'

/** Mistakes that are easily made. Each has to be noticed by one of its rows, as the suite checks every row. */
export const PLANTED: readonly Planted[] = [
  {
    name: 'a cut answer is taken for a whole one',
    file: `${STREAM}/protocols/ai-sdk.ts`,
    from: 'function close(): void {',
    to: 'function close(): void {\n    ending ??= endingOf(null)',
    rows: ['body-ends-early-progressive-primary'],
  },
  {
    name: 'an error is thrown past the reader',
    file: `${RUN}/exchange.ts`,
    from: 'const part = await body.read().catch(world.nameOf)',
    to: 'const part = (await body.read()) as { done: boolean; value: Uint8Array } | string',
    rows: ['reset-mid-stream-progressive-primary'],
  },
  {
    name: 'a rejection is not caught',
    file: 'client/src/telemetry/post.ts',
    from: '} catch {',
    to: '} catch (error) { throw error',
    rows: ['offline-before-progressive-all'],
  },
  {
    name: 'the template is skipped',
    file: `${RUN}/execution.ts`,
    from: "if (step.step === 'template') return fill(step)",
    to: '',
    rows: ['503-progressive-all'],
  },
  {
    name: 'the clock to give up is never set',
    file: `${RUN}/budget-clocks.ts`,
    from: "'give-up': isEnforced ? budget.giveUpMs : null",
    to: "'give-up': null",
    rows: ['slow-headers-progressive-primary'],
  },
  {
    name: 'a late answer is waited for',
    file: `${RUN}/budget-clocks.ts`,
    from: "isEnforced && whenLate === 'next-step' ? budget.completeMs : null",
    to: 'null',
    rows: ['slow-headers-synchronous-primary'],
  },
  {
    name: 'pings pass for signs of an answer',
    file: `${RUN}/attempt.ts`,
    from: "if (event.type !== 'ping') noteAlive()",
    to: 'noteAlive()',
    rows: ['pings-without-content-progressive-primary'],
  },
  {
    name: 'a running answer does not hear of the kill switch',
    file: `${RUN}/execution.ts`,
    from: 'stopWatching = world.onLevels(() => safely(onControls))',
    to: '',
    rows: ['kill-switch-mid-stream-progressive-primary'],
  },
  {
    name: 'the kill switch is not looked at before a run',
    file: `${RUN}/execution.ts`,
    from: 'if (controls.enabled) {',
    to: 'if (true) {',
    rows: ['kill-switch-before-progressive-primary'],
  },
  {
    name: 'a server that fails is asked again and again',
    file: `${RUN}/ladder-walk.ts`,
    from: "if (next === 'retry-once' && isFirstFallHere && conditions.modelTimeLeft) return last.at",
    to: "if ((next === 'retry-once' && isFirstFallHere) || (last.failure === 'http.server' && falls.length < 4)) return last.at",
    rows: ['500-progressive-primary'],
  },
  {
    name: 'what fails together is asked all the same',
    file: `${RUN}/ladder-walk.ts`,
    from: '!closedDomains.includes(domainOfStep(step))',
    to: '(closedDomains, true)',
    rows: ['one-url-503-progressive-primary'],
  },
  {
    name: 'each attempt is another wish',
    file: `${RUN}/request.ts`,
    from: 'round === undefined ? runId :',
    to: 'round === undefined ? spanId :',
    rows: ['503-progressive-primary'],
  },
  {
    name: 'the notice is blank',
    file: `${REACT}/notice.tsx`,
    from: '{said}',
    to: '{said === null ? said : null}',
    rows: ['503-progressive-all'],
  },
  {
    name: 'no lines are kept for the answer',
    file: `${REACT}/streamed-text.tsx`,
    from: 'lh, var(--evenkeel-floor, 0px))',
    to: 'px, 0px)',
    rows: ['no-fault-progressive-primary'],
  },
  {
    name: 'a refusal passes for an answer',
    file: `${STREAM}/protocols/ai-sdk.ts`,
    from: "if (rawReason === 'content-filter') return refusal('content-filter')",
    to: '',
    rows: ['content-filter-progressive-primary'],
  },
  {
    name: 'what was read is taken away when the next model is asked',
    file: `${RUN}/answer.ts`,
    from: 'if (isText && !isSeen && text.length > 0)',
    to: 'if (isText && text.length > 0)',
    rows: ['stall-after-n-tokens-progressive-primary'],
  },
  {
    name: 'what violates its schema is shown',
    file: `${RUN}/check-output.ts`,
    from: 'if (result.issues === undefined)',
    to: 'if (true)',
    rows: ['schema-violation-once-progressive-primary'],
  },
  {
    name: 'an exception of the app is told to nobody',
    file: `${RUN}/engine.ts`,
    from: 'if (options.onBug !== undefined) options.onBug(where, error)',
    to: 'if (where === null) options.onBug?.(where, error)',
    rows: ['an-exception-in-the-app-s-template-progressive-all'],
  },
  {
    name: 'a place that is left goes on asking',
    file: `${REACT}/run-slot.ts`,
    from: 'if (!mounted) run.leave()',
    to: '',
    rows: ['unmount-mid-stream-progressive-primary'],
  },
  {
    name: 'it asks though there is no network',
    file: `${RUN}/execution.ts`,
    from: 'if (!world.page.isOnline()) return lose(',
    to: 'if (world === null) return lose(',
    rows: ['offline-before-progressive-primary'],
  },
  {
    name: 'a storage that throws is not expected',
    file: 'client/src/health/health-on-demand.ts',
    from: '} catch {\n      // Where storage is blocked',
    to: '} catch (error) {\n      throw error // Where storage is blocked',
    rows: ['storage-blocked-progressive-all'],
  },
  {
    name: 'a server that asked to be left alone is asked again',
    file: 'client/src/run/asking.ts',
    from: 'if (notAsked) return run.lose(notAsked, notAsked.tierOnly)',
    to: '',
    rows: ['429-with-retry-after-asked-again-progressive-primary'],
  },
]
