import type { Weight } from './weigh.ts'
/** What a newcomer imports, as one module; everything that is exported must be carried. */
export declare const EVENKEEL =
  "export { defineFeature, EvenkeelProvider, FeedbackBar, StreamedText, useAI } from '@evenkeel/client'"
export declare const MARKDOWN = "export * from '@evenkeel/client/markdown'"
/** Every protocol that has a decoder. */
export declare const DECODERS: readonly [
  'ai-sdk',
  'openai-chat',
  'openai-responses',
  'anthropic',
  'ag-ui',
  'ollama',
  'ndjson',
]
/**
 * Every chunk that is loaded until the first run's record has left. A run reads one protocol, and the decoders
 * of the others are never loaded, nor is what reads them all for the AI SDK's. `atWorst` adds what only some runs need: resuming, for a server that names a URL
 * for it; client tools, for a feature that has any; health, once something went wrong; sampling, where not every run is sent; the
 * words of the moments, where the app reads `run.notice`.
 */
export declare function firstRunGz(
  weight: Weight,
  decoder: (typeof DECODERS)[number],
  atWorst?: boolean,
): number
/** The first run of the protocol that weighs most, with everything that a run may need. */
export declare function worstFirstRunGz(weight: Weight): number
//# sourceMappingURL=first-run.d.ts.map
