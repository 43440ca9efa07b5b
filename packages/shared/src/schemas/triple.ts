import { z } from 'zod'

export const promptReferenceSchema = z.object({
  name: z.string(),
  version: z.string(),
  hash: z.string().nullable(),
})

export const tripleSchema = z.object({
  prompt: promptReferenceSchema.nullable(),
  requestModel: z.string().nullable(),
  responseModel: z.string().nullable(),
  context: z.string().nullable(),
})
