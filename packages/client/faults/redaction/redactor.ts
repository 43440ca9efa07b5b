import fc from 'fast-check'
import type { createRedactor } from '../../src/redact/create-redactor.ts'
import { HARMLESS, HOSTILE, REPEATED } from '../../src/redact/texts.test.kit.ts'
import { valuesOf } from '../../src/redact/values.test.kit.ts'

/** What a redactor does with the tables, and how long it takes for the worst of them. */
export interface RedactorFigures {
  readonly hostile: number
  /** Texts of the table of which something is left. */
  readonly missed: number
  /** Harmless texts that were changed. */
  readonly spoiled: number
  readonly properties: number
  /** Made-up values that were left in the midst of a text. */
  readonly property_missed: number
  readonly worst_ms_per_100kb: number
  readonly worst: string
}

const LENGTH = 100_000
const ROUNDS = 5

export function measureRedactor(create: typeof createRedactor, samples: number): RedactorFigures {
  const redact = create()
  const missed = HOSTILE.filter(({ text, gone }) => gone.some((part) => redact(text).includes(part))).length
  const spoiled = HARMLESS.filter((text) => redact(text) !== text).length
  let propertyMissed = 0
  const around = fc.string({ unit: 'grapheme', maxLength: 40 })
  for (const [, values] of valuesOf) {
    const drawn = fc.sample(fc.tuple(values, around, around), { numRuns: samples, seed: 7 })
    for (const [value, before, after] of drawn) {
      if (redact(`${before}\n${value}\n${after}`).includes(value)) propertyMissed += 1
    }
  }
  const times = REPEATED.map(
    (unit) => [unit, timeOf(redact, unit.repeat(Math.ceil(LENGTH / unit.length)))] as const,
  )
  const [worst = '', worstMs = Number.NaN] = times.reduce((a, b) => (b[1] > a[1] ? b : a))
  return {
    hostile: HOSTILE.length,
    missed,
    spoiled,
    properties: valuesOf.length * samples,
    property_missed: propertyMissed,
    worst_ms_per_100kb: worstMs,
    worst: JSON.stringify(worst),
  }
}

/** The processor's time, the best of some rounds: what others do on the machine is not the redactor's. */
function timeOf(redact: (text: string) => string, text: string): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const from = process.cpuUsage()
    redact(text)
    const { user, system } = process.cpuUsage(from)
    return (user + system) / 1000
  })
  return (Math.min(...times) * LENGTH) / text.length
}

export const MAX_MS = 50

export function problemsOf(figures: RedactorFigures): string[] {
  const names = ['missed', 'spoiled', 'property_missed'] as const
  return [
    ...names.filter((name) => figures[name] > 0),
    ...(figures.worst_ms_per_100kb <= MAX_MS ? [] : ['worst_ms_per_100kb']),
  ]
}
