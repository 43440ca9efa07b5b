import type { createMessageRouter } from './message-router.ts'
import type { aiSdk } from './protocols/ai-sdk.ts'
import type { createSseBody } from './sse-body.ts'
import type { emitMetadata, emitUsage } from './stream-metadata.ts'

/**
 * What the reading of other bodies shares with that of the AI SDK's stream. It is given and not imported:
 * each part is published with a copy of what it imports.
 */
export interface OtherParts {
  readonly aiSdk: typeof aiSdk
  readonly createMessageRouter: typeof createMessageRouter
  readonly createSseBody: typeof createSseBody
  readonly emitMetadata: typeof emitMetadata
  readonly emitUsage: typeof emitUsage
  /** What is said of a page of HTML. */
  readonly htmlPage: string
}
