/**
 * What every run works with, in one chunk: what asks and reads, the watch over health, and the way of records out of
 * the page. One by one they would be three requests, and more bytes, because each is compressed by itself.
 */
export { openHealth } from './open-health.ts'
export { openTelemetry } from './open-telemetry.ts'
export { prepare, take } from './taking.ts'
