import * as z from 'zod/mini'

export const TOPICS = ['billing', 'calendar', 'sign-in', 'data', 'plan', 'speed', 'idea', 'other'] as const
export const URGENCIES = ['high', 'normal', 'low'] as const
export const LANGUAGES = ['en', 'de', 'fr', 'ar', 'other'] as const

/**
 * What a ticket is about. One schema for both ends: the server tells the model by it, and the page takes no
 * answer that does not pass. Of `zod/mini`, because a page carries it.
 */
export const classification = z.object({
  topic: z.enum(TOPICS),
  urgency: z.enum(URGENCIES),
  language: z.enum(LANGUAGES),
})

export type Classification = z.infer<typeof classification>
