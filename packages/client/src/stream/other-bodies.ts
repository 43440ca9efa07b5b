/**
 * What is needed to read any answer but the AI SDK's server-sent events. It imports nothing that those
 * need too, but for what the decoders share already: that would be a further request for everyone.
 */
export { createAnyBody } from './any-body.ts'
