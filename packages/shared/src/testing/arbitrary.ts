import fc from 'fast-check'
import { FAILURES } from '../failure.ts'
import { INTERACTIONS } from '../interaction.ts'
import { STEP_KINDS } from '../ladder.ts'
import { LEVEL_DECIDERS, LEVELS } from '../level.ts'
import { MOMENTS } from '../moment.ts'
import { FALLBACK_CAUSES, OUTCOMES } from '../outcome.ts'
import type { AttemptRecord, RunRecord, WouldHave } from '../run-record.ts'
import { SIGNAL_KINDS, type Signal, TRIAGE_REASONS } from '../signal.ts'
import type { Triple } from '../triple.ts'
import type { ServerMetadata } from '../wire.ts'

/** Texts as hostile as they come: any code point, control characters and empty ones included. */
const text = fc.string({ unit: 'binary', maxLength: 40 })
// Plain objects, as JSON gives them: fast-check's own default has a null prototype in between.
const record = <T>(model: { [Key in keyof T]: fc.Arbitrary<T[Key]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<T>
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,3}$/)
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

const hex = (digits: number) =>
  fc
    .array(fc.integer({ min: 0, max: 15 }), { minLength: digits, maxLength: digits })
    .map((values) => values.map((value) => value.toString(16)).join(''))
    .filter((id) => !/^0+$/.test(id))

export const traceIds: fc.Arbitrary<string> = hex(32)
export const spanIds: fc.Arbitrary<string> = hex(16)

/** Milliseconds to the microsecond, up to eleven days. */
export const quantisedMs: fc.Arbitrary<number> = fc
  .oneof(fc.integer({ min: 0, max: 60_000_000 }), fc.integer({ min: 0, max: 1e12 }))
  .map((micros) => micros / 1000)

const count = fc.nat({ max: 2_000_000 })
const epochMs = fc.integer({ min: 0, max: 4_102_444_800_000 })
const positive = fc.double({ min: 1e-3, max: 1e9, noNaN: true })

const usage = record({ inputTokens: orNull(count), outputTokens: orNull(count) })

export const triples: fc.Arbitrary<Triple> = record({
  prompt: orNull(record({ name: text, version: text, hash: orNull(text) })),
  requestModel: orNull(text),
  responseModel: orNull(text),
  context: orNull(text),
})

const stages = fc
  .uniqueArray(fc.tuple(fc.stringMatching(/^[a-z][a-zA-Z0-9_.-]{0,12}$/), quantisedMs), {
    selector: ([stage]) => stage,
    maxLength: 5,
  })
  .map((entries) => Object.fromEntries(entries))

const attempts: fc.Arbitrary<AttemptRecord> = record({
  spanId: spanIds,
  step: fc.constantFrom(...STEP_KINDS),
  tier: orNull(text),
  domain: orNull(text),
  hedge: fc.boolean(),
  startedMs: quantisedMs,
  endedMs: quantisedMs,
  firstTokenMs: orNull(quantisedMs),
  failure: orNull(fc.constantFrom(...FAILURES)),
  detail: orNull(text),
  status: orNull(fc.integer({ min: 100, max: 599 })),
  protocol: orNull(name),
  verified: fc.boolean(),
  unknownEvents: count,
  resumes: count,
  finishReason: orNull(text),
  requestModel: orNull(text),
  responseModel: orNull(text),
  usage,
  stages,
}).map((attempt) => ({
  ...attempt,
  startedMs: Math.min(attempt.startedMs, attempt.endedMs),
  endedMs: Math.max(attempt.startedMs, attempt.endedMs),
}))

/**
 * Any run record whose numbers are as precise as a record keeps them: nulls, any language, no
 * attempts or many, hedges, stages, flags, and combinations that the engine would never make.
 */
export const runRecords: fc.Arbitrary<RunRecord> = record<Required<RunRecord>>({
  runId: traceIds,
  spanId: spanIds,
  feature: fc.oneof(name, text),
  interaction: fc.constantFrom(...INTERACTIONS),
  intent: orNull(text),
  path: orNull(text),
  outcome: fc.constantFrom(...OUTCOMES),
  fallbackCause: orNull(fc.constantFrom(...FALLBACK_CAUSES)),
  level: fc.constantFrom(...LEVELS),
  levelBy: fc.constantFrom(...LEVEL_DECIDERS),
  attempts: fc.uniqueArray(attempts, { selector: ({ spanId }) => spanId, maxLength: 6 }),
  startedAtEpochMs: epochMs,
  firstTokenMs: orNull(quantisedMs),
  completeMs: orNull(quantisedMs),
  settledMs: quantisedMs,
  budgetFirstTokenMs: orNull(positive),
  budgetCompleteMs: positive,
  stalls: fc.array(record({ atMs: quantisedMs, durationMs: quantisedMs }), { maxLength: 3 }),
  moments: fc.array(
    fc
      .tuple(
        record({ moment: fc.constantFrom(...MOMENTS), atMs: quantisedMs, deck: orNull(text) }),
        fc.constantFrom({}, { silent: true }),
      )
      .map(([shown, silent]) => ({ ...shown, ...silent })),
    { maxLength: 5 },
  ),
  triple: triples,
  usage,
  cold: orNull(fc.boolean()),
  flags: fc.array(record({ key: text, variant: orNull(text), reason: orNull(text) }), { maxLength: 3 }),
  timeline: fc.oneof(
    fc.constant(''),
    fc.stringMatching(/^[0-9a-z]{1,4}\.[0-9a-z]{1,3}(,[0-9a-z]{1,4}\.[0-9a-z]{1,3}){0,20}$/),
  ),
  answerLength: count,
  answerAgeMs: fc.option(quantisedMs, { nil: undefined }),
  observed: fc.option(
    orNull(
      record<WouldHave>({
        failure: fc.constantFrom(...FAILURES),
        atMs: quantisedMs,
        step: orNull(fc.constantFrom(...STEP_KINDS)),
      }),
    ),
    { nil: undefined },
  ),
  conversationId: orNull(text),
  turn: orNull(count),
  environment: fc.oneof(fc.constantFrom('production', 'development'), text),
  service: fc.oneof(fc.constantFrom('support-desk', 'shop'), text),
  build: orNull(text),
  synthetic: fc.boolean(),
  weight: fc.oneof(fc.constant(1), positive),
  sessionId: orNull(text),
  tenant: orNull(text),
  user: orNull(text),
  cohort: orNull(text),
  route: orNull(text),
  connection: orNull(text),
}).map(({ observed, answerAgeMs, ...run }) => ({
  ...run,
  ...(observed !== undefined && { observed }),
  ...(answerAgeMs !== undefined && { answerAgeMs }),
}))

/** Any signal, combinations that no user would make included. */
export const signals: fc.Arbitrary<Signal> = record({
  signalId: traceIds,
  runId: traceIds,
  kind: fc.constantFrom(...SIGNAL_KINDS),
  atEpochMs: epochMs,
  value: orNull(fc.oneof(fc.constantFrom(-1, 0, 1), fc.double({ min: 1e-9, max: 1, noNaN: true }))),
  reasons: fc.array(fc.oneof(fc.constantFrom(...TRIAGE_REASONS), text), { maxLength: 4 }),
  comment: orNull(text),
  ordinal: orNull(fc.integer({ min: 1, max: 100 })),
  afterMs: orNull(quantisedMs),
  replacedBy: orNull(traceIds),
  feature: fc.oneof(name, text),
  triple: triples,
  level: fc.constantFrom(...LEVELS),
  environment: fc.oneof(fc.constantFrom('production', 'development'), text),
  synthetic: fc.boolean(),
  weight: fc.oneof(fc.constant(1), positive),
})

/** What a server may say of an answer. */
export const serverMetadata: fc.Arbitrary<ServerMetadata> = (() => {
  const said = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })
  return fc.record(
    {
      prompt: said,
      version: said,
      hash: said,
      model: said,
      intent: said,
      path: said,
      context: said,
      cold: fc.boolean(),
      level: fc.integer({ min: 1, max: 5 }),
      resume: said,
      failed: said,
    },
    { requiredKeys: [], noNullPrototype: true },
  )
})()
