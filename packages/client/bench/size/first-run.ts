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

const RARE =
  /\/(resume|tool-exchange|health|sampling|head-words|judging|sweep|read-on-demand|live-content|caching|hedging|would-have)\.ts$/

/**
 * Every chunk that is loaded until the first run's record has left. A run reads one protocol, and the decoders
 * of the others are never loaded, nor is what reads them all for the AI SDK's. `atWorst` adds what only some runs need:
 * resuming, for a server that names a URL for it; what reads the words of a head, where a server adds any; client tools,
 * or what judges by a schema, for a feature that has them; health, once something went wrong; sampling, where not every
 * run is sent; the words of the moments, where the app reads `run.notice`; what reads content, where it reads `run.parts` or
 * `run.object`; the cache, hedging and observing, for features that ask for them.
 */
export function firstRunGz(weight: Weight, decoder: (typeof DECODERS)[number], atWorst = false): number {
  return weight.upToGz(
    (module) =>
      (module.endsWith('-decoder.ts') && !module.endsWith(`/${decoder}-decoder.ts`)) ||
      (module.endsWith('/other-bodies.ts') && decoder === 'ai-sdk') ||
      (RARE.test(module) && !atWorst),
  )
}

/** The first run of the protocol that weighs most, with everything that a run may need. */
export function worstFirstRunGz(weight: Weight): number {
  return Math.max(...DECODERS.map((decoder) => firstRunGz(weight, decoder, true)))
}
