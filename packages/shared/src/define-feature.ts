import { INTERACTION_DEFAULTS } from './budget.ts'
import { complaintOf } from './check-feature.ts'
import type { Feature, FeatureSpec } from './feature.ts'
import { DEFAULT_LEVELS, type LevelSpec } from './level.ts'

const RESERVED_LINES = 4

const defined = new Map<string, Feature<never, unknown, string>>()

/**
 * Defines one AI-powered surface of a product. Defining it again under the same id (hot reload)
 * replaces it.
 *
 * The definition is checked in development: wherever `process.env.NODE_ENV` is there and is anything but
 * `production`, Node without it included. A production build takes the definition at its word, because
 * the check weighs more than the rest of what a page carries of this package; `checkFeature` checks anywhere.
 *
 * @throws TypeError in development where the definition is wrong; it names each field and the fix.
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
  const complaint = complaintInDevelopment(spec)
  if (complaint !== null) throw new TypeError(complaint)
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
  warnInDevelopment(feature)
  return feature
}

// In both, bundlers replace `process.env.NODE_ENV` and then leave out what is not called. A page that loads
// the modules as they are has no `process`, and nobody's build either.

function complaintInDevelopment(spec: unknown): string | null {
  try {
    return process.env.NODE_ENV === 'production' ? null : complaintOf(spec)
  } catch {
    return null
  }
}

function warnInDevelopment(feature: Feature<never, unknown, string>): void {
  try {
    if (process.env.NODE_ENV !== 'production') warnWhereChanged(feature)
  } catch {}
}

function warnWhereChanged(feature: Feature<never, unknown, string>): void {
  const before = defined.get(feature.id)
  defined.set(feature.id, feature)
  if (before === undefined || asText(before) === asText(feature)) return
  console.warn(
    `evenkeel: feature '${feature.id}' is defined twice with different definitions; the later one is in force. Give one of them another id.`,
  )
}

// Functions are compared by their source: a hot reload makes new ones that say the same.
function asText(feature: Feature<never, unknown, string>): string {
  return JSON.stringify(feature, (_key, value: unknown) =>
    typeof value === 'function' ? String(value) : value,
  )
}
