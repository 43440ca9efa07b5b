import { z } from 'zod'

/** 32 lower-case hex digits: a trace, and so a run. */
export const traceIdSchema = z.string().regex(/^[0-9a-f]{32}$/, 'must be 32 lower-case hex digits')

/** 16 lower-case hex digits: a span. */
export const spanIdSchema = z.string().regex(/^[0-9a-f]{16}$/, 'must be 16 lower-case hex digits')

/** A whole number from 0. */
export const countSchema = z.int().min(0)

/** Milliseconds from 0. */
export const msSchema = z.number().min(0)

export const levelSchema = z.literal([5, 4, 3, 2, 1])
