import { INTERACTION_DEFAULTS } from './budget.ts'
import { checkFeature } from './check-feature.ts'
import type { Feature, FeatureSpec } from './feature.ts'
import { DEFAULT_LEVELS, type LevelSpec } from './level.ts'

const RESERVED_LINES = 4

const defined = new Map<string, Feature<never, unknown, string>>()

/**
 * Defines one AI-powered surface of a product. Defining it again under the same id (hot reload)
 * replaces it.
 *
 * @throws TypeError where the definition is wrong; it names each field and the fix.
 * @example
 * const draftReply = defineFeature<Ticket>({
 *   id: 'draft-reply',
 *   interaction: 'progressive',
 *   ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
 * })
 */
export function defineFeature<Input = unknown, Output = string, Capability extends string = string>(
  spec: FeatureSpec<Input, Output, Capability>,
): Feature<Input, Output, Capability> {
  const problems = checkFeature(spec)
  if (problems.length > 0) {
    const named = typeof spec?.id === 'string' ? ` '${spec.id}'` : ''
    const list = problems.map(({ field, message }) => `  ${field} ${message}`).join('\n')
    throw new TypeError(`defineFeature${named}: the definition is wrong.\n${list}`)
  }
  const feature: Feature<Input, Output, Capability> = {
    ...spec,
    formerly: spec.formerly ?? [],
    levels: spec.levels ?? (DEFAULT_LEVELS as readonly LevelSpec<Capability>[]),
    budget: spec.budget ?? {},
    idempotent: spec.idempotent ?? false,
    onUnmount: spec.onUnmount ?? INTERACTION_DEFAULTS[spec.interaction].onUnmount,
    mode: spec.mode ?? 'enforce',
    visibleData: spec.visibleData ?? [],
    reserveLines: spec.reserveLines ?? RESERVED_LINES,
  }
  warnWhereChanged(defined.get(spec.id), feature)
  defined.set(spec.id, feature)
  return feature
}

function warnWhereChanged(
  before: Feature<never, unknown, string> | undefined,
  after: Feature<never, unknown, string>,
): void {
  if (before === undefined || !isDevelopment() || asText(before) === asText(after)) return
  console.warn(
    `evenkeel: feature '${after.id}' is defined twice with different definitions; the later one is in force. Give one of them another id.`,
  )
}

// Functions are compared by their source: a hot reload makes new ones that say the same.
function asText(feature: Feature<never, unknown, string>): string {
  return JSON.stringify(feature, (_key, value: unknown) =>
    typeof value === 'function' ? String(value) : value,
  )
}

// Bundlers replace `process.env.NODE_ENV`; a page that loads the modules as they are has no `process`.
function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production'
  } catch {
    return false
  }
}
