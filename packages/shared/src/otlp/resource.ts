import { RESOURCE, SCOPE_NAME, SEMCONV_VERSION } from '../attributes.ts'
import { named } from './attribute.ts'
import { type Json, readAttributes } from './read.ts'
import type { OtlpResource, OtlpScope } from './types.ts'

/** Where a run happened. */
export interface Origin {
  readonly environment: string
  /** `null` where nobody said: a signal's record does not carry it. */
  readonly service: string | null
  readonly build: string | null
}

export const SCOPE: OtlpScope = { name: SCOPE_NAME }

export const SCHEMA_URL = `https://opentelemetry.io/schemas/${SEMCONV_VERSION}`

export function resourceOf(origin: Origin): OtlpResource {
  return { attributes: named(RESOURCE, origin) }
}

/** The origin that a resource names; `unknown` stands for an environment that it does not. */
export function readOrigin(resource: unknown): Origin {
  const said = readAttributes((resource as Json | undefined)?.attributes)
  return {
    environment: said.text(RESOURCE.environment) ?? 'unknown',
    service: said.text(RESOURCE.service),
    build: said.text(RESOURCE.build),
  }
}

/** Items that share an origin, in the order in which each origin was first seen. */
export function groupByOrigin<T>(items: readonly T[], originOf: (item: T) => Origin): [Origin, T[]][] {
  const groups = new Map<string, [Origin, T[]]>()
  for (const item of items) {
    const origin = originOf(item)
    const key = JSON.stringify([origin.environment, origin.service, origin.build])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [origin, [item]])
    else group[1].push(item)
  }
  return [...groups.values()]
}
