import type { Feature, ModelStep } from '@evenkeel/shared'
import type { Fall } from './ladder-walk.ts'

/** What decides whether a late attempt is raced. */
export interface HedgeConditions {
  readonly feature: Pick<
    Feature<never, unknown, string>,
    'idempotent' | 'ladder' | 'mode' | 'hedgeShare' | 'tools'
  >
  readonly runId: string
  /** The place of the late attempt. */
  readonly at: number
  readonly falls: readonly Fall[]
  /** Something of an answer can be seen already. */
  readonly hasContent: boolean
  readonly isVisible: boolean
  /** The control `hedge`. */
  readonly isAllowed: boolean
}

const SHARE = 0.05

/**
 * The place of the step that may race the late one, or `null`. Only a later model step that says `hedge`, in a
 * feature that says that asking twice does no harm, for few runs, and only while somebody looks. What runs
 * tools in the page never races: they would run twice. A feature that only observes does nothing by itself.
 */
export function hedgeAt(conditions: HedgeConditions): number | null {
  const { feature, runId, at, falls, hasContent, isVisible, isAllowed } = conditions
  const { idempotent, mode, tools, ladder, hedgeShare = SHARE } = feature
  const mayRace = idempotent && mode === 'enforce' && tools === undefined && isAllowed
  if (!mayRace || hasContent || !isVisible || shareOf(runId) >= hedgeShare) return null
  const closed = falls.map((fall) => domainOf(ladder[fall.at]))
  const place = ladder.findIndex(
    (step, index) =>
      index > at && step.step === 'model' && step.hedge === true && !closed.includes(domainOf(step)),
  )
  return place < 0 ? null : place
}

function domainOf(step: { readonly step: string } | undefined): string | null {
  if (step?.step !== 'model') return null
  const { domain, url } = step as ModelStep
  return domain ?? url
}

/**
 * Where a run stands among all, from 0 to 1, by the hash (FNV-1a) of its id: the same for everybody who asks,
 * and independent of what else is chosen by the id's own digits.
 */
export function shareOf(runId: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < runId.length; index += 1) {
    hash = Math.imul(hash ^ runId.charCodeAt(index), 0x01000193)
  }
  // The last bits of the last digit have hardly been mixed; https://github.com/aappleby/smhasher (fmix32)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}
