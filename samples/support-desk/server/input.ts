import { z } from 'zod'

const words = (longest: number) => z.string().max(longest).regex(/\S/, 'must not be empty')

/** What the browser sends to have a reply drafted; other fields of a ticket are welcome and not used. */
export const draftInput = z.object({
  customer: words(200),
  subject: words(500),
  body: words(20_000),
})

export type DraftInput = z.infer<typeof draftInput>
