/**
 * What is needed to read any answer but the AI SDK's server-sent events. What those
 * need too is given to it, but for a few lines: a part is published with a copy of what it imports.
 */
export { createAnyBody } from './any-body.ts'
