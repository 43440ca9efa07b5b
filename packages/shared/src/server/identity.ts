import { RUN } from '../attributes.ts'
import { attributes } from '../otlp/attribute.ts'
import { isObject, type Json, objects } from '../otlp/read.ts'

/** Who sends, as the session knows it; `null` for nobody in particular. */
export interface Identity {
  readonly tenant: string | null
  readonly user: string | null
  /** A group for rollout and figures. Where it is given the browser's claim to one is overwritten too. */
  readonly cohort?: string | null
}

/**
 * The same OTLP request with the session's tenant and user on everything that is of a feature, in
 * place of whatever the browser claimed.
 */
export function withIdentity(body: Json, { tenant, user, cohort }: Identity): Json {
  const facts: Record<string, string | null> = { [RUN.tenant]: tenant, [RUN.user]: user }
  if (cohort !== undefined) facts[RUN.cohort] = cohort
  const proven = attributes(facts)
  const claims: ReadonlySet<unknown> = new Set(Object.keys(facts))
  const rewrite = (item: Json): Json => {
    const own = objects(item.attributes).filter(({ key }) => !claims.has(key))
    const isOfFeature = own.some(({ key }) => key === RUN.feature)
    return { ...item, attributes: isOfFeature ? [...own, ...proven] : own }
  }
  // What is no object stays as it is: the collector says what is wrong with it.
  const each = (list: unknown, change: (item: Json) => Json): unknown =>
    Array.isArray(list) ? list.map((item: unknown) => (isObject(item) ? change(item) : item)) : list
  const inside = (list: unknown, scopes: string, items: string) =>
    each(list, (group) => ({
      ...group,
      // A resource is one application's, not one user's: a claim there would hold for everybody.
      ...(isObject(group.resource)
        ? { resource: { ...group.resource, ...withoutClaims(group.resource, claims) } }
        : {}),
      [scopes]: each(group[scopes], (scope) => ({ ...scope, [items]: each(scope[items], rewrite) })),
    }))
  return {
    ...body,
    ...(body.resourceSpans === undefined
      ? {}
      : { resourceSpans: inside(body.resourceSpans, 'scopeSpans', 'spans') }),
    ...(body.resourceLogs === undefined
      ? {}
      : { resourceLogs: inside(body.resourceLogs, 'scopeLogs', 'logRecords') }),
  }
}

function withoutClaims(resource: Json, claims: ReadonlySet<unknown>): Json {
  return { attributes: objects(resource.attributes).filter(({ key }) => !claims.has(key)) }
}
