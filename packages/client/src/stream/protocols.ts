import type { Protocol } from './protocol.ts'
import { aiSdk } from './protocols/ai-sdk.ts'
import { protocolsAround } from './protocols-around.ts'

/** Every protocol of JSON events. */
export const PROTOCOLS: readonly Protocol[] = protocolsAround(aiSdk)

/**
 * Loads decoders before they are needed: all, or the one that a step names. Without it, the first answer
 * of a protocol waits for its decoder to load; the AI SDK's and plain text are always there.
 */
export async function preloadProtocols(name?: string): Promise<void> {
  const wanted = PROTOCOLS.filter((protocol) => name === undefined || protocol.name === name)
  await Promise.all(wanted.map((protocol) => protocol.load()))
}
