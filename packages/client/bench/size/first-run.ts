import type { Weight } from './weigh.ts'

/** What a newcomer imports, as one module; everything that is exported must be carried. */
export const EVENKEEL =
  "export { defineFeature, EvenkeelProvider, FeedbackBar, StreamedText, useAI } from '@evenkeel/client'"

export const MARKDOWN = "export * from '@evenkeel/client/markdown'"

/** Every protocol that has a decoder. */
export const DECODERS = [
  'ai-sdk',
  'openai-chat',
  'openai-responses',
  'anthropic',
  'ag-ui',
  'ollama',
  'ndjson',
] as const

/**
 * Every chunk that is loaded until the first run's record has left. A run reads one protocol, and the decoders
 * of the others are never loaded; what resumes an answer is loaded only for a server that names a URL for it.
 */
export function firstRunGz(weight: Weight, decoder: (typeof DECODERS)[number], resumes = false): number {
  return weight.upToGz(
    (module) =>
      (module.endsWith('-decoder.ts') && !module.endsWith(`/${decoder}-decoder.ts`)) ||
      (module.endsWith('/resume.ts') && !resumes),
  )
}

/** The first run of the protocol that weighs most, where its answer can be resumed as well. */
export function worstFirstRunGz(weight: Weight): number {
  return Math.max(...DECODERS.map((decoder) => firstRunGz(weight, decoder, true)))
}
