/**
 * What is needed to read any answer but the AI SDK's server-sent events. It imports nothing that those
 * need too, but for what the decoders share already: that would be a further request for everyone.
 */
export { bodyKind } from './body-kind.ts'
export { createJsonBody } from './json-body.ts'
export { createLinesBody } from './lines-body.ts'
export { protocolsAround } from './protocols-around.ts'
export { createTextBody } from './text-body.ts'
