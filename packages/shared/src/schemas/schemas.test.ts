import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import { checkFeature } from '../check-feature.ts'
import type { FeatureSpec } from '../feature.ts'
import { type FeatureData, featureData, type StepData } from '../feature-data.ts'
import type { AttemptRecord, RunRecord } from '../run-record.ts'
import type { Signal } from '../signal.ts'
import { runRecords, serverMetadata, signals } from '../testing/index.ts'
import type { ServerMetadata } from '../wire.ts'
import {
  type attemptRecordSchema,
  featureDataSchema,
  runRecordSchema,
  serverMetadataSchema,
  signalSchema,
  type stepDataSchema,
} from './index.ts'

// The contract is read-only and the schemas' output is not; all else must be the same, both ways.
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : { -readonly [Key in keyof T]: Plain<T[Key]> }

const draftReply: FeatureSpec<{ customer: string }> = {
  id: 'draft-reply',
  formerly: ['reply'],
  interaction: 'progressive',
  ladder: [
    { step: 'model', url: '/api/ai/draft-reply', request: () => ({}) },
    { step: 'model', url: '/api/ai/draft-reply', tier: 'fast', hedge: true },
    { step: 'cache', maxAgeMs: 1000 },
    { step: 'template', render: ({ customer }) => customer },
  ],
  budget: {
    firstTokenMs: null,
    completeMs: 4_000,
    byIntent: { refund: { firstTokenMs: 800 } },
    byLevel: { 3: { completeMs: 2_000 } },
  },
  levels: [{ level: 5, name: 'full', startAt: { step: 'model', tier: 'primary' }, told: false }],
  intent: () => 'refund',
  cacheKey: ({ customer }) => customer,
  idempotent: true,
  hedgeShare: 0.1,
  reserveLines: 3,
}

describe('the schemas and the types of the contract', () => {
  it('are the same, both ways', () => {
    expectTypeOf<z.output<typeof runRecordSchema>>().toEqualTypeOf<Plain<RunRecord>>()
    expectTypeOf<z.input<typeof runRecordSchema>>().toEqualTypeOf<Plain<RunRecord>>()
    expectTypeOf<z.output<typeof attemptRecordSchema>>().toEqualTypeOf<Plain<AttemptRecord>>()
    expectTypeOf<z.output<typeof signalSchema>>().toEqualTypeOf<Plain<Signal>>()
    expectTypeOf<z.output<typeof serverMetadataSchema>>().toEqualTypeOf<Plain<ServerMetadata>>()
    expectTypeOf<z.output<typeof stepDataSchema>>().toExtend<StepData>()
    expectTypeOf<Plain<StepData>>().toExtend<z.output<typeof stepDataSchema>>()
    expectTypeOf<z.output<typeof featureDataSchema>>().toExtend<FeatureData>()
    expectTypeOf<Plain<FeatureData>>().toExtend<z.output<typeof featureDataSchema>>()
  })
})

describe('a schema', () => {
  it('passes every run record and changes nothing', () => {
    fc.assert(
      fc.property(runRecords, (record) => {
        expect(runRecordSchema.parse(record)).toStrictEqual(record)
      }),
    )
  })

  it('passes every signal and changes nothing', () => {
    fc.assert(
      fc.property(signals, (signal) => {
        expect(signalSchema.parse(signal)).toStrictEqual(signal)
      }),
    )
  })

  it('passes everything a server may say and changes nothing', () => {
    fc.assert(
      fc.property(serverMetadata, (said) => {
        expect(serverMetadataSchema.parse(said)).toStrictEqual(said)
      }),
    )
  })

  it('refuses a run record with any one member missing', () => {
    const [record] = fc.sample(runRecords, { numRuns: 1, seed: 1 })
    // What only some runs have anything to say of.
    const optional = ['observed', 'answerAgeMs']
    for (const key of Object.keys(record ?? {}).filter((each) => !optional.includes(each))) {
      const { [key as keyof RunRecord]: _gone, ...rest } = record as RunRecord
      expect(runRecordSchema.safeParse(rest).success, `without ${key}`).toBe(false)
    }
  })

  it.each([
    ['a run id in capitals', { runId: 'A'.repeat(32) }],
    ['an outcome that is not in the list', { outcome: 'fine' }],
    ['a level that does not exist', { level: 6 }],
    ['a negative time', { settledMs: -1 }],
    ['a time that is no number', { firstTokenMs: Number.NaN }],
    ['a fraction of a token', { usage: { inputTokens: 1.5, outputTokens: null } }],
    ['a negative weight', { weight: -1 }],
    ['a failure that is not in the list', { attempts: [{ failure: 'gremlins' }] }],
    ['a moment that is not in the list', { moments: [{ moment: 'party', atMs: 0, deck: null }] }],
  ])('refuses %s', (_what, wrong) => {
    const [record] = fc.sample(runRecords, { numRuns: 1, seed: 1 })
    expect(runRecordSchema.safeParse(record).success).toBe(true)
    expect(runRecordSchema.safeParse({ ...record, ...wrong }).success).toBe(false)
  })
})

describe('the data of a feature', () => {
  it('is what its definition says, without functions, and passes its schema', () => {
    const data = featureData(draftReply)
    expect(data).toEqual({
      id: 'draft-reply',
      formerly: ['reply'],
      interaction: 'progressive',
      ladder: [
        { step: 'model', url: '/api/ai/draft-reply' },
        { step: 'model', url: '/api/ai/draft-reply', tier: 'fast', hedge: true },
        { step: 'cache', maxAgeMs: 1000 },
        { step: 'template' },
      ],
      budget: draftReply.budget,
      levels: draftReply.levels,
      idempotent: true,
      hedgeShare: 0.1,
      reserveLines: 3,
    })
    expect(JSON.parse(JSON.stringify(data))).toEqual(data)
    expect(featureDataSchema.parse(data)).toEqual(data)
  })

  it.each([
    ['id', { id: 'Draft Reply' }],
    ['interaction', { interaction: 'telepathic' }],
    ['ladder', { ladder: [] }],
    ['ladder', { ladder: [{ step: 'prayer' }] }],
    ['budget', { budget: { completeMs: -1 } }],
    ['levels', { levels: [{ level: 0, name: '', startAt: 'model', told: true }] }],
    ['mode', { mode: 'panic' }],
  ])('is refused at %s by the schema and by checkFeature alike', (field, wrong) => {
    const result = featureDataSchema.safeParse({ ...featureData(draftReply), ...wrong })
    expect(result.error?.issues[0]?.path[0]).toBe(field)
    expect(checkFeature({ ...draftReply, ...wrong })[0]?.field).toMatch(new RegExp(`^${field}`))
  })
})
