import type { FAILURE_TABLE } from '@evenkeel/shared'
import type { createHealth, Health, HealthFeature, HealthOptions, HealthWorld } from './health.ts'
import type { LevelInForce } from './level-in-force.ts'

/** What the watch needs beside: given, because the page has it already, and a part has a copy of what it imports. */
export interface WatchWorld extends HealthWorld {
  /** Under which the state of the scope is kept. */
  readonly key: string
  /** Which of them count against what was asked. */
  readonly failures: typeof FAILURE_TABLE
  reportBug(where: string, error: unknown): void
}

export interface HealthOnDemand extends Omit<Health, 'levelOf'> {
  /** The level that the next run of the feature gets; `null` where there is nothing to know. */
  levelOf(feature: HealthFeature): LevelInForce | null
}

/** What is told while health loads: more than a page asks in that time, less than a day offline would keep. */
const MAX_NOTES = 100

/** As many retries as an untouched unit has saved up, so that a page that cannot load health does not ask for ever. */
const FREE_RETRIES = 3

/**
 * Where all is well there is nothing to remember: no level has fallen, no breaker is open, no retry is spent.
 * So the controller is loaded with the first word that could change one of these, and until then the
 * browser's conditions alone decide. That word, and what is told while it loads, is told as of when it was said.
 */
export function createHealthOnDemand(
  load: () => Promise<{ readonly createHealth: typeof createHealth }>,
  options: HealthOptions,
  world: WatchWorld,
): HealthOnDemand {
  const notes: { readonly atMs: number; readonly tell: (to: Health) => void }[] = []
  let health: Health | null = null
  let freeRetries = FREE_RETRIES
  let isOpening = false
  let misses = 0
  let isDisposed = false
  let toldAtMs: number | null = null
  let stopWatching = () => {}

  /** Looks for what earlier pages of this scope have learnt, and for what other tabs will. */
  function watch(): void {
    const { key } = world
    const { storage } = options
    const look = () => {
      if ((storage ? storage.read(key) : localStorage.getItem(key)) !== null) void open()
    }
    try {
      look()
      if (isOpening) return
      if (storage) stopWatching = storage.onChange(key, look)
      else {
        addEventListener('storage', look)
        stopWatching = () => removeEventListener('storage', look)
      }
    } catch {
      // Where storage is blocked nothing was kept, and no tab hears of another.
    }
  }

  async function open(): Promise<void> {
    if (isOpening || isDisposed) return
    isOpening = true
    try {
      const loaded = await load()
      if (isDisposed) return
      stopWatching()
      const epochMs = () => toldAtMs ?? world.epochMs()
      const opened = loaded.createHealth(options, { ...world, epochMs })
      for (const { atMs, tell } of notes) {
        toldAtMs = atMs
        tell(opened)
      }
      toldAtMs = null
      health = opened
      world.onChange()
    } catch (error) {
      // The next word that matters tries again: a page that was cut off may come back.
      isOpening = false
      misses += 1
      // The first miss may have the cause of the failure that called for it: the page's own server is away.
      if (misses === 2) world.reportBug('health', error)
    }
  }

  function note(matters: boolean, tell: (to: Health) => void): void {
    if (!matters && !isOpening && notes.length === 0) return
    notes.push({ atMs: world.epochMs(), tell })
    if (notes.length > MAX_NOTES) notes.shift()
    if (matters) void open()
  }

  watch()

  return {
    levelOf: (feature) => health?.levelOf(feature) ?? null,
    ask(feature, at, asking) {
      if (health !== null) return health.ask(feature, at, asking)
      note(asking.isRetry, (to) => to.ask(feature, at, asking))
      return null
    },
    mayRetry(feature, at) {
      if (health !== null) return health.mayRetry(feature, at)
      if (freeRetries === 0) return false
      freeRetries -= 1
      note(true, (to) => to.mayRetry(feature, at))
      return true
    },
    report(feature, at, end) {
      if (health !== null) return health.report(feature, at, end)
      const { failure, serverLevel } = end
      const matters =
        (failure !== null && world.failures[failure].level === 'count') || (serverLevel ?? 5) < 5
      note(matters, (to) => to.report(feature, at, end))
    },
    dispose() {
      isDisposed = true
      stopWatching()
      health?.dispose()
    },
  }
}
