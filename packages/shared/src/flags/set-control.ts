import { type ControlName, PUBLIC_CONTROLS, PURGE_VARIANT } from '../control.ts'
import { ChangeRefused, type ControlSettings } from '../server/controls/control-store.ts'
import type { FlagDefinition } from './flag-definition.ts'
import { type Layer, readLayers, withLayer, withoutLayer, writeLayers } from './layers.ts'
import { rolloutRule } from './rollout.ts'

type Value = boolean | string | number

const SWITCH = { on: true, off: false } as const

/** The flags that these settings change, by control, with what becomes of each. */
export function changedControls(
  settings: ControlSettings,
  tenant: string | null,
  definitionOf: (control: ControlName) => FlagDefinition | undefined,
): readonly (readonly [ControlName, FlagDefinition])[] {
  const { enabled, purge = false, rollout, ...valued } = settings
  const changed: [ControlName, FlagDefinition][] = []
  const of = (control: ControlName) => definitionOf(control) ?? blank(control)
  if (rollout !== undefined) {
    const before = of('enabled')
    const { defaultVariant, targeting } = rolloutRule(rollout)
    const { layers } = readLayers(before.targeting)
    changed.push(['enabled', withTargeting({ ...withSwitch(before), defaultVariant }, layers, targeting)])
  }
  if (enabled !== undefined)
    changed.push(['enabled', flip(withSwitch(of('enabled')), enabled, tenant, purge)])
  for (const [control, value] of Object.entries(valued) as [
    Exclude<ControlName, 'enabled'>,
    Value | null,
  ][]) {
    changed.push([control, setValue(of(control), value, tenant)])
  }
  return changed
}

/**
 * The kill switch. It lies over the rollout, so that lifting it gives the rollout back as it was. Whether what
 * was said is bad lies in the layer's variant: one tenant's kill says nothing of another's.
 */
function flip(
  before: FlagDefinition,
  enabled: boolean,
  tenant: string | null,
  purge: boolean,
): FlagDefinition {
  const { layers, base } = readLayers(before.targeting)
  const flipped = purge ? withPurge(before) : tenant === null ? withoutPurge(before) : before
  const off = purge ? PURGE_VARIANT : variantOf(before, false)
  const on = variantOf(before, true)
  const isOff = (layer: Layer) => flipped.variants[layer.variant] === false
  const isKill = (layer: Layer) => layer.tenant === null && isOff(layer)
  if (!enabled) {
    if (tenant === null && layers.length === 0 && base === undefined)
      return { ...flipped, defaultVariant: off }
    return withTargeting(flipped, withLayer(layers, { tenant, variant: off }, isKill), base)
  }
  if (layers.some((layer) => layer.tenant === tenant && isOff(layer))) {
    return withTargeting(flipped, withoutLayer(layers, tenant), base)
  }
  if (tenant !== null) return withTargeting(flipped, withLayer(layers, { tenant, variant: on }, isKill), base)
  if (base !== undefined) {
    throw new ChangeRefused(
      'The kill switch is not thrown; the feature is rolled out by a rule. Send a rollout.',
    )
  }
  return { ...flipped, defaultVariant: on }
}

function withPurge(definition: FlagDefinition): FlagDefinition {
  return { ...definition, variants: { ...definition.variants, [PURGE_VARIANT]: false } }
}

/** Without what somebody wrote into the flag's own metadata, which is for everybody. */
function withoutPurge(definition: FlagDefinition): FlagDefinition {
  const { purge: _old, ...metadata } = definition.metadata ?? {}
  return { ...definition, metadata }
}

function setValue(before: FlagDefinition, value: Value | null, tenant: string | null): FlagDefinition {
  const { layers, base } = readLayers(before.targeting)
  if (value === null) {
    const lifted = withTargeting(before, withoutLayer(layers, tenant), base)
    const hadLayer = layers.some((layer) => layer.tenant === tenant)
    return tenant === null && !hadLayer && base === undefined ? { ...lifted, defaultVariant: null } : lifted
  }
  const name = nameFor(before, value)
  const known = { ...before, variants: { ...before.variants, [name]: value } }
  // A pointer that no rule stands over is moved where everybody looks for it.
  if (tenant === null && base === undefined) {
    return withTargeting({ ...known, defaultVariant: name }, withoutLayer(layers, null), base)
  }
  return withTargeting(
    known,
    withLayer(layers, { tenant, variant: name }, () => false),
    base,
  )
}

function blank(control: ControlName): FlagDefinition {
  return {
    state: 'ENABLED',
    variants: control === 'enabled' || control === 'hedge' ? SWITCH : {},
    defaultVariant: control === 'enabled' || control === 'hedge' ? 'on' : null,
    metadata: { public: (PUBLIC_CONTROLS as readonly ControlName[]).includes(control) },
  }
}

/** A switch has both of its variants, whatever they are called. */
function withSwitch(definition: FlagDefinition): FlagDefinition {
  const values = Object.entries(definition.variants).flatMap(([name, value]) =>
    name === PURGE_VARIANT ? [] : [value],
  )
  const missing = Object.entries(SWITCH).filter(([, value]) => !values.includes(value))
  return { ...definition, variants: { ...definition.variants, ...Object.fromEntries(missing) } }
}

function withTargeting(definition: FlagDefinition, layers: readonly Layer[], base: unknown): FlagDefinition {
  const { targeting: _old, ...rest } = definition
  const targeting = writeLayers({ layers, base })
  return targeting === undefined ? rest : { ...rest, targeting }
}

function variantOf({ variants }: FlagDefinition, value: Value): string {
  const found = Object.keys(variants).find((name) => variants[name] === value && name !== PURGE_VARIANT)
  return found ?? String(value)
}

/** The variant that has this value, or a name for a new one. */
function nameFor({ variants }: FlagDefinition, value: Value): string {
  const found = Object.keys(variants).find((name) => variants[name] === value)
  if (found !== undefined) return found
  const wanted = typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value).slice(0, 40)
  let name = wanted
  for (let count = 2; Object.hasOwn(variants, name); count += 1) name = `${wanted}-${count}`
  return name
}
