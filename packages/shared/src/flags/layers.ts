/** What an operator put over a flag's own rule: one variant, for one tenant or for everybody. */
export interface Layer {
  readonly tenant: string | null
  readonly variant: string
}

/** A flag's targeting taken apart: the operator's layers, outermost first, and the rule beneath them. */
export interface LayeredTargeting {
  readonly layers: readonly Layer[]
  /** `undefined` where there is none. */
  readonly base: unknown
}

/**
 * Takes the layers off a targeting rule. They are plain JSON logic (`{ "if": [true, "off", rule] }`), so
 * that the file stays one that every flagd evaluates, and the rule beneath comes back as it was.
 */
export function readLayers(targeting: unknown): LayeredTargeting {
  const layers: Layer[] = []
  let base = isEmpty(targeting) ? undefined : targeting
  for (let layer = layerOf(base); layer !== null; layer = layerOf(base)) {
    layers.push(layer.layer)
    base = layer.rest
  }
  return { layers, base }
}

export function writeLayers({ layers, base }: LayeredTargeting): unknown {
  return layers.reduceRight<unknown>((rest, { tenant, variant }) => {
    const condition = tenant === null ? true : { '==': [{ var: 'tenant' }, tenant] }
    return { if: rest === undefined ? [condition, variant] : [condition, variant, rest] }
  }, base)
}

/** The layers with this one in its place: a later word for the same people replaces the earlier one. */
export function withLayer(
  layers: readonly Layer[],
  layer: Layer,
  isOutermost: (layer: Layer) => boolean,
): readonly Layer[] {
  const others = withoutLayer(layers, layer.tenant)
  // A kill is above everything; else one tenant's own is above everybody's.
  const rank = (of: Layer) => (isOutermost(of) ? 0 : of.tenant === null ? 2 : 1)
  return [...others, layer].sort((a, b) => rank(a) - rank(b))
}

export function withoutLayer(layers: readonly Layer[], tenant: string | null): readonly Layer[] {
  return layers.filter((other) => other.tenant !== tenant)
}

function layerOf(rule: unknown): { readonly layer: Layer; readonly rest: unknown } | null {
  const [condition, variant, rest, ...more] = argumentsOf(rule, 'if') ?? []
  if (typeof variant !== 'string' || more.length > 0) return null
  if (condition === true) return { layer: { tenant: null, variant }, rest }
  const [what, tenant] = argumentsOf(condition, '==') ?? []
  const isTenant = typeof tenant === 'string' && JSON.stringify(what) === '{"var":"tenant"}'
  return isTenant ? { layer: { tenant, variant }, rest } : null
}

function argumentsOf(rule: unknown, operator: string): readonly unknown[] | null {
  if (typeof rule !== 'object' || rule === null || Object.keys(rule).length !== 1) return null
  const list: unknown = Reflect.get(rule, operator)
  return Array.isArray(list) ? list : null
}

function isEmpty(targeting: unknown): boolean {
  return targeting === undefined || targeting === null || JSON.stringify(targeting) === '{}'
}
