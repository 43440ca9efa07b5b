import type { RunRecord } from '@evenkeel/shared'

/** What providers call an answer that ended because it became too long. */
const CUT_SHORT = /length|max_?(output_?)?tokens/i

/** What arrived of an answer besides its text. */
export interface ArrivedEntry {
  readonly type: string
  /** Of a tool call: the tool's. */
  readonly name?: string | null
}

type Ended = Pick<RunRecord, 'outcome' | 'attempts' | 'synthetic'>

/**
 * Whether an answer may be given again: only one that a model gave whole. Not one that was refused, cut off,
 * stopped, or came from a template or this very cache; nor one whose protocol cannot tell whole from cut,
 * nor one that did something in the page, because reading it again would not do it again.
 */
export function isWorthKeeping(
  { outcome, attempts, synthetic }: Ended,
  entries: readonly ArrivedEntry[],
  clientTools: Readonly<Record<string, unknown>> = {},
): boolean {
  const last = attempts.findLast(({ failure }) => failure === null)
  return (
    !synthetic &&
    (outcome === 'answered' || outcome === 'degraded') &&
    last?.step === 'model' &&
    last.verified &&
    !CUT_SHORT.test(last.finishReason ?? '') &&
    !entries.some((entry) => entry.type === 'tool' && Object.hasOwn(clientTools, entry.name ?? ''))
  )
}
