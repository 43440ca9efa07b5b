import { z } from 'zod'
import { TONES } from '../src/tone.ts'

const words = (longest: number) => z.string().max(longest).regex(/\S/, 'must not be empty')

/** A customer's message, as the browser sends it; other fields of a ticket are welcome and not used. */
export const messageInput = z.object({
  customer: words(200),
  subject: words(500),
  body: words(20_000),
})

export type MessageInput = z.infer<typeof messageInput>

/** The same, and how the reply should sound: one of ours, so that nobody writes into the prompt by it. */
export const draftInput = messageInput.extend({ tone: z.enum(TONES).default('warm') })

export type DraftInput = z.output<typeof draftInput>
