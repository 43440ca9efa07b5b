import { z } from 'zod'
import { INTERACTIONS } from '../interaction.ts'
import { STEP_KINDS } from '../ladder.ts'
import { levelSchema } from './primitives.ts'

const idSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')

const positiveMs = z.number().positive()

export const budgetFiguresSchema = z.object({
  firstTokenMs: positiveMs.nullable().exactOptional(),
  completeMs: positiveMs.exactOptional(),
  stallMs: positiveMs.exactOptional(),
  giveUpMs: positiveMs.exactOptional(),
  hedgeAfterMs: positiveMs.exactOptional(),
})

export const budgetSpecSchema = budgetFiguresSchema.extend({
  byIntent: z.record(z.string(), budgetFiguresSchema).exactOptional(),
  byPath: z.record(z.string(), budgetFiguresSchema).exactOptional(),
  byLevel: z.partialRecord(levelSchema, budgetFiguresSchema).exactOptional(),
})

export const stepDataSchema = z.discriminatedUnion('step', [
  z.object({
    step: z.literal('model'),
    url: z.string().min(1),
    tier: z.string().min(1).exactOptional(),
    domain: z.string().exactOptional(),
    hedge: z.boolean().exactOptional(),
    protocol: z.string().exactOptional(),
  }),
  z.object({ step: z.literal('cache'), maxAgeMs: positiveMs }),
  z.object({ step: z.literal('template') }),
  z.object({ step: z.literal('omit') }),
])

export const levelSpecSchema = z.object({
  level: levelSchema,
  name: z.string(),
  capabilities: z.array(z.string()).exactOptional(),
  startAt: z.union([z.enum(STEP_KINDS), z.object({ step: z.literal('model'), tier: z.string() })]),
  told: z.boolean(),
})

/** What of a feature is data. It checks the form; `checkFeature` knows the rules between the fields. */
export const featureDataSchema = z.object({
  id: idSchema,
  formerly: z.array(idSchema).exactOptional(),
  interaction: z.enum(INTERACTIONS),
  ladder: z.array(stepDataSchema).min(1),
  budget: budgetSpecSchema.exactOptional(),
  levels: z.array(levelSpecSchema).min(1).exactOptional(),
  idempotent: z.boolean().exactOptional(),
  hedgeShare: z.number().min(0).max(1).exactOptional(),
  onUnmount: z.enum(['abort', 'detach']).exactOptional(),
  whenKilled: z.enum(['stop', 'finish']).exactOptional(),
  mode: z.enum(['enforce', 'observe']).exactOptional(),
  visibleData: z.array(z.string()).exactOptional(),
  reserveLines: z.int().min(0).exactOptional(),
})
