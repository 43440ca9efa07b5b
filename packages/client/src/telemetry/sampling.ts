import type { RunRecord, Signal } from '@evenkeel/shared'

/** Where records and signals go. */
export interface SampledSink {
  addRun(record: RunRecord): void
  addSignal(signal: Signal): void
  /** The record of this run will not come. */
  forget?(runId: string): void
}

/** Records that were sampled away and may still be asked for by a signal; the oldest go first. */
const MAX_REMEMBERED = 200

/**
 * Lets every run with a failure, a fallback or a signal pass, and of the others the share `rate`, each
 * standing for `1 / rate`. A run that was sampled away is sent after all when its user says something of it, and
 * then stands for none: those that were kept stand for it already, and a count must not have it twice. Signals
 * always pass.
 */
export function createSampling(rate: number, sink: SampledSink): SampledSink {
  const spoken = new Set<string>()
  const away = new Map<string, RunRecord>()

  function bound(kept: {
    readonly size: number
    keys(): Iterator<string>
    delete(key: string): boolean
  }): void {
    const oldest = kept.size > MAX_REMEMBERED ? kept.keys().next().value : undefined
    if (oldest !== undefined) kept.delete(oldest)
  }

  return {
    addRun(record) {
      const { runId } = record
      if (isCertain(record) || spoken.has(runId)) return sink.addRun(record)
      if (isSampled(runId, rate)) return sink.addRun({ ...record, weight: record.weight / rate })
      away.set(runId, record)
      bound(away)
      sink.forget?.(runId)
    },
    addSignal(signal) {
      const { runId } = signal
      spoken.add(runId)
      bound(spoken)
      const record = away.get(runId)
      if (record !== undefined) sink.addRun({ ...record, weight: 0 })
      away.delete(runId)
      sink.addSignal(signal)
    },
  }
}

/** Something went wrong in it, or it was a fallback, which has a cause. An attempt that the user ended did not fail. */
function isCertain({ fallbackCause, attempts }: RunRecord): boolean {
  return fallbackCause !== null || attempts.some(({ failure }) => failure !== null && failure !== 'aborted')
}

/** Digits that are looked at: 52 bits, which a number holds exactly. */
const DIGITS = 13

/**
 * Whether a run is among this share, by the bits of its id that are random, so that whoever else samples the trace
 * the same way keeps the same ones; https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/
 */
export function isSampled(runId: string, rate: number): boolean {
  const randomness = Number.parseInt(runId.slice(-DIGITS - 1, -1), 16) / 16 ** DIGITS
  return randomness >= 1 - rate
}
