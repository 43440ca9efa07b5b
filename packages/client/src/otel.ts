/**
 * For apps that run an OpenTelemetry SDK: runs as spans of theirs.
 *
 * @packageDocumentation
 */
export { type OtelSink, type OtelSinkOptions, otelSink } from './otel/otel-sink.ts'
export { createRunIds, type RunIds } from './otel/run-ids.ts'
