import { z } from 'zod'
import { FAILURES } from '../failure.ts'
import { INTERACTIONS } from '../interaction.ts'
import { STEP_KINDS } from '../ladder.ts'
import { LEVEL_DECIDERS } from '../level.ts'
import { MOMENTS } from '../moment.ts'
import { FALLBACK_CAUSES, OUTCOMES } from '../outcome.ts'
import { countSchema, levelSchema, msSchema, spanIdSchema, traceIdSchema } from './primitives.ts'
import { tripleSchema } from './triple.ts'

export const usageSchema = z.object({
  inputTokens: countSchema.nullable(),
  outputTokens: countSchema.nullable(),
})

export const attemptRecordSchema = z.object({
  spanId: spanIdSchema,
  step: z.enum(STEP_KINDS),
  tier: z.string().nullable(),
  domain: z.string().nullable(),
  hedge: z.boolean(),
  startedMs: msSchema,
  endedMs: msSchema,
  firstTokenMs: msSchema.nullable(),
  failure: z.enum(FAILURES).nullable(),
  detail: z.string().nullable(),
  status: z.int().nullable(),
  protocol: z.string().nullable(),
  verified: z.boolean(),
  unknownEvents: countSchema,
  resumes: countSchema,
  finishReason: z.string().nullable(),
  requestModel: z.string().nullable(),
  responseModel: z.string().nullable(),
  usage: usageSchema,
  stages: z.record(z.string(), msSchema),
})

export const momentRecordSchema = z.object({
  moment: z.enum(MOMENTS),
  atMs: msSchema,
  deck: z.string().nullable(),
  silent: z.boolean().optional(),
})

export const stallRecordSchema = z.object({ atMs: msSchema, durationMs: msSchema })

export const flagRecordSchema = z.object({
  key: z.string(),
  variant: z.string().nullable(),
  reason: z.string().nullable(),
})

export const wouldHaveSchema = z.object({
  failure: z.enum(FAILURES),
  atMs: msSchema,
  step: z.enum(STEP_KINDS).nullable(),
})

/** One settled run, as it crosses a process or enters a store. */
export const runRecordSchema = z.object({
  runId: traceIdSchema,
  spanId: spanIdSchema,
  feature: z.string(),
  interaction: z.enum(INTERACTIONS),
  intent: z.string().nullable(),
  path: z.string().nullable(),
  outcome: z.enum(OUTCOMES),
  fallbackCause: z.enum(FALLBACK_CAUSES).nullable(),
  level: levelSchema,
  levelBy: z.enum(LEVEL_DECIDERS),
  attempts: z.array(attemptRecordSchema),
  startedAtEpochMs: countSchema,
  firstTokenMs: msSchema.nullable(),
  completeMs: msSchema.nullable(),
  settledMs: msSchema,
  budgetFirstTokenMs: msSchema.nullable(),
  budgetCompleteMs: msSchema,
  observed: wouldHaveSchema.nullable().optional(),
  stalls: z.array(stallRecordSchema),
  moments: z.array(momentRecordSchema),
  triple: tripleSchema,
  usage: usageSchema,
  cold: z.boolean().nullable(),
  flags: z.array(flagRecordSchema),
  timeline: z.string(),
  answerLength: countSchema,
  answerAgeMs: msSchema.optional(),
  conversationId: z.string().nullable(),
  turn: countSchema.nullable(),
  environment: z.string(),
  service: z.string(),
  build: z.string().nullable(),
  synthetic: z.boolean(),
  weight: z.number().nonnegative(),
  sessionId: z.string().nullable(),
  tenant: z.string().nullable(),
  user: z.string().nullable(),
  cohort: z.string().nullable(),
  route: z.string().nullable(),
  connection: z.string().nullable(),
})
