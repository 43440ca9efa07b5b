import { createEngine, type Engine, type EngineOptions } from '../run/engine.ts'

/** Parts of the outside, which are what they are for as long as the engine lives. */
const OUTSIDE: ReadonlySet<string> = new Set([
  'clock',
  'page',
  'storage',
  'health',
  'cache',
  'controls',
  'deck',
])

/**
 * The same text for options that say the same, so that an object written inline is not taken for a
 * change. Functions, the route and the deck are left out: the engine asks for the latest of them.
 */
export function keyOf(options: EngineOptions): string {
  const said = Object.entries(options).filter(
    ([name, value]) =>
      typeof value !== 'function' && name !== 'route' && !OUTSIDE.has(name) && value !== undefined,
  )
  return JSON.stringify(said.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** An engine with these options, whose functions, route and deck are asked of `latest` at each call. */
export function createFollowingEngine(options: EngineOptions, latest: () => EngineOptions): Engine {
  const following = Object.entries(options).map(([name, value]) =>
    typeof value === 'function' ? [name, follow(latest, name)] : [name, value],
  )
  const route = (): string | null => {
    const now = latest().route ?? null
    return typeof now === 'function' ? now() : now
  }
  return createEngine({
    ...(Object.fromEntries(following) as EngineOptions),
    route,
    get deck() {
      return latest().deck
    },
  })
}

function follow(latest: () => EngineOptions, name: string): (...args: unknown[]) => unknown {
  return (...args) => {
    const now: unknown = Reflect.get(latest(), name)
    return typeof now === 'function' ? now(...args) : undefined
  }
}
