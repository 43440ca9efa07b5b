import { z } from 'zod'
import { SIGNAL_KINDS } from '../signal.ts'
import { countSchema, levelSchema, msSchema, traceIdSchema } from './primitives.ts'
import { tripleSchema } from './triple.ts'

/** One signal, as it crosses a process or enters a store. */
export const signalSchema = z.object({
  signalId: traceIdSchema,
  runId: traceIdSchema,
  kind: z.enum(SIGNAL_KINDS),
  atEpochMs: countSchema,
  value: z.number().min(-1).max(1).nullable(),
  reasons: z.array(z.string()),
  comment: z.string().nullable(),
  ordinal: z.int().min(1).nullable(),
  afterMs: msSchema.nullable(),
  replacedBy: traceIdSchema.nullable(),
  feature: z.string(),
  triple: tripleSchema,
  level: levelSchema,
  environment: z.string(),
  synthetic: z.boolean(),
  weight: z.number().positive(),
})
