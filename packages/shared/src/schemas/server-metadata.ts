import { z } from 'zod'

/** What a server says of an answer. Members it does not know are dropped; a wrong type is an error here, where the client would ignore it. */
export const serverMetadataSchema = z.object({
  prompt: z.string().exactOptional(),
  version: z.string().exactOptional(),
  hash: z.string().exactOptional(),
  model: z.string().exactOptional(),
  intent: z.string().exactOptional(),
  path: z.string().exactOptional(),
  context: z.string().exactOptional(),
  cold: z.boolean().exactOptional(),
  level: z.int().min(1).max(5).exactOptional(),
  resume: z.string().exactOptional(),
  failed: z.string().exactOptional(),
})
