import { DEFAULT_LEVELS, FAILURES, LEVELS, type Level } from '@evenkeel/shared'
import fc from 'fast-check'
import { type HealthEvent, next } from './controller.ts'
import { type DeclaredLevels, declaredLevels } from './declared-levels.ts'
import { HEALTH_POLICY } from './health-policy.ts'
import type { UnitHealth } from './unit-health.ts'

export const FIVE = declaredLevels({ levels: DEFAULT_LEVELS })

/** Midnight of some day, so that 0 stands for never. */
export const START_MS = Date.UTC(2026, 0, 1)

export const levelArbitrary: fc.Arbitrary<Level> = fc.constantFrom(...LEVELS)

/** The levels of some feature: one to five of them, each starting at anything. */
export const levelsArbitrary: fc.Arbitrary<DeclaredLevels> = fc
  .uniqueArray(levelArbitrary, { minLength: 1, maxLength: 5 })
  .chain((levels) =>
    fc.tuple(
      fc.constant(levels.sort((a, b) => b - a)),
      fc.array(fc.constantFrom('model', 'cache', 'template', 'omit'), { minLength: 5, maxLength: 5 }),
    ),
  )
  .map(([levels, starts]) =>
    declaredLevels({
      levels: levels.map((level, index) => ({
        level,
        name: `${level}`,
        startAt: starts[index] ?? 'model',
        told: true,
      })),
    }),
  )

type Told = {
  readonly [Type in HealthEvent['type']]: Extract<HealthEvent, { type: Type }>
}[HealthEvent['type']]

/** Events of few attempts at growing times, in any order: also words of attempts that never asked, and words twice. */
export const eventsArbitrary: fc.Arbitrary<readonly HealthEvent[]> = fc
  .array(
    fc.record({
      waitMs: fc.oneof(fc.nat(2_000), fc.nat(30_000), fc.nat(200_000)),
      id: fc.constantFrom('a', 'b', 'c', 'd').chain((name) => fc.nat(9).map((number) => `${name}${number}`)),
      type: fc.constantFrom('asked', 'asked', 'answered', 'failed', 'failed', 'dropped', 'retried'),
      level: levelArbitrary,
      serverLevel: fc.option(levelArbitrary),
      isRetry: fc.boolean(),
      failure: fc.constantFrom(...FAILURES),
      retryAfterMs: fc.option(fc.nat(300_000)),
      random: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 60 },
  )
  .map((said) => {
    let atMs = START_MS
    return said.map(({ waitMs, ...event }) => {
      atMs += waitMs
      return { ...event, atMs } as Told
    })
  })

/** The unit after each of these events, beginning with the one before the first. */
export function unitsAfter(
  events: readonly HealthEvent[],
  levels: DeclaredLevels = FIVE,
): (UnitHealth | undefined)[] {
  const units: (UnitHealth | undefined)[] = [undefined]
  for (const event of events) units.push(next(units.at(-1), event, HEALTH_POLICY, levels))
  return units
}

/** One unit and its clock, asked and told like an engine asks and tells. */
export function createPatient(levels: DeclaredLevels = FIVE) {
  let unit: UnitHealth | undefined
  let nowMs = START_MS
  let count = 0
  const tell = (event: HealthEvent) => {
    unit = next(unit, event, HEALTH_POLICY, levels)
  }
  return {
    get unit() {
      return unit
    },
    get nowMs() {
      return nowMs
    },
    wait(ms: number) {
      nowMs += ms
    },
    tell,
    ask(level: Level, isRetry = false): string {
      count += 1
      const id = `attempt-${count}`
      tell({ type: 'asked', id, atMs: nowMs, level, isRetry })
      return id
    },
    answer: (id: string, serverLevel: Level | null = null) =>
      tell({ type: 'answered', id, atMs: nowMs, serverLevel }),
    fail: (id: string, retryAfterMs: number | null = null, random = 0.5) =>
      tell({
        type: 'failed',
        id,
        atMs: nowMs,
        failure: 'http.server',
        serverLevel: null,
        retryAfterMs,
        random,
      }),
    drop: (id: string) => tell({ type: 'dropped', id, atMs: nowMs }),
  }
}
