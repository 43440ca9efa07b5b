import { RUN } from '../attributes.ts'
import { attributes } from '../otlp/attribute.ts'
import { isObject, type Json, objects, readAttributes } from '../otlp/read.ts'

/** Who sends, as the session knows it; `null` for nobody in particular. */
export interface Identity {
  readonly tenant: string | null
  readonly user: string | null
  /** A group for rollout and figures. Where it is given the browser's claim to one is overwritten too. */
  readonly cohort?: string | null
}

/**
 * What the browser's own word on tenant and user is worth. `overwrite`: nothing, every run is the session's.
 * `must-agree`: a run that names another tenant or user than the session's becomes nobody's. A tab that outlives
 * its session sends with the cookies of the next one, and only where page and server use the same names for the
 * same people can its runs be told from that session's own.
 */
export type Claims = 'overwrite' | 'must-agree'

/** A batch as it may be passed on. */
export interface Identified {
  readonly batch: Json
  /** Runs in it that named another tenant or user than the session's, where they must agree. They are nobody's now. */
  readonly ofOthers: number
}

const LISTS = [
  ['resourceSpans', 'scopeSpans', 'spans'],
  ['resourceLogs', 'scopeLogs', 'logRecords'],
] as const

/**
 * The same OTLP request with the session's tenant and user on everything that is of a feature, in
 * place of whatever the browser claimed. What is nobody's is not given to whom it names either, because a
 * claim is no proof.
 */
export function withIdentity(body: Json, identity: Identity, worth: Claims = 'overwrite'): Identified {
  const { tenant, user, cohort } = identity
  const facts: Record<string, string | null> = { [RUN.tenant]: tenant, [RUN.user]: user }
  if (cohort !== undefined) facts[RUN.cohort] = cohort
  const claims: ReadonlySet<unknown> = new Set(Object.keys(facts))
  const ofSession = attributes(facts)
  const ofOthers: TracesOfOthers = worth === 'must-agree' ? tracesOfOthers(body, identity) : new Map()

  const rewrite = (item: Json): Json => {
    const own = objects(item.attributes).filter(({ key }) => !claims.has(key))
    if (!own.some(({ key }) => key === RUN.feature)) return { ...item, attributes: own }
    return { ...item, attributes: [...own, ...(ofOthers.get(item.traceId) ?? ofSession)] }
  }
  // What is no object stays as it is: the collector says what is wrong with it.
  const each = (list: unknown, change: (item: Json) => Json): unknown =>
    Array.isArray(list) ? list.map((item: unknown) => (isObject(item) ? change(item) : item)) : list
  const batch: Record<string, unknown> = { ...body }
  for (const [groups, scopes, items] of LISTS) {
    if (body[groups] === undefined) continue
    batch[groups] = each(body[groups], (group) => ({
      ...group,
      // A resource is one application's, not one user's: a claim there would hold for everybody.
      ...(isObject(group.resource)
        ? { resource: { ...group.resource, ...withoutClaims(group.resource, claims) } }
        : {}),
      [scopes]: each(group[scopes], (scope) => ({ ...scope, [items]: each(scope[items], rewrite) })),
    }))
  }
  return { batch, ofOthers: ofOthers.size }
}

type TracesOfOthers = ReadonlyMap<unknown, ReturnType<typeof attributes>>

/**
 * Traces that name a tenant or a user who is not the session's, and what of their scope is certain: the
 * tenant, where both say the same. A run says whose it is on its root alone, and that holds for its attempts.
 */
function tracesOfOthers(body: Json, { tenant, user }: Identity): TracesOfOthers {
  const found = new Map<unknown, ReturnType<typeof attributes>>()
  for (const [groups, scopes, items] of LISTS) {
    const all = objects(body[groups])
      .flatMap((group) => objects(group[scopes]))
      .flatMap((scope) => objects(scope[items]))
    for (const item of all) {
      const said = readAttributes(item.attributes)
      if (said.text(RUN.feature) === null) continue
      const claimed = { tenant: said.text(RUN.tenant), user: said.text(RUN.user) }
      if (!isAnother(claimed.tenant, tenant) && !isAnother(claimed.user, user)) continue
      found.set(item.traceId, attributes({ [RUN.tenant]: claimed.tenant === tenant ? tenant : null }))
    }
  }
  return found
}

/** Whether both are somebody, and not the same. */
const isAnother = (claimed: string | null, proven: string | null): boolean =>
  Boolean(claimed) && proven !== null && claimed !== proven

function withoutClaims(resource: Json, claims: ReadonlySet<unknown>): Json {
  return { attributes: objects(resource.attributes).filter(({ key }) => !claims.has(key)) }
}
