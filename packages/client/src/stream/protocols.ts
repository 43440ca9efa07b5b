import type { Protocol } from './protocol.ts'
import { aiSdk } from './protocols/ai-sdk.ts'

/** Every protocol of JSON events, in the order in which they are asked whether a stream is theirs. */
export const PROTOCOLS: readonly Protocol[] = [aiSdk]
