import { EVENT, RUN, SIGNAL } from '../attributes.ts'
import type { Signal } from '../signal.ts'
import { attributes, int, named, texts } from './attribute.ts'
import { groupByOrigin, type Origin, resourceOf, SCHEMA_URL, SCOPE } from './resource.ts'
import { unixNano } from './time.ts'
import { tripleAttributes } from './triple-attributes.ts'
import type { ExportLogsRequest, OtlpLogRecord } from './types.ts'

const INFO = 9

/**
 * The body of `POST /v1/logs` for these signals, grouped by environment. A signal does not carry
 * service and build; whoever sends it may name them for the resource.
 */
export function exportLogsRequest(
  signals: readonly Signal[],
  { service = null, build = null }: Partial<Omit<Origin, 'environment'>> = {},
): ExportLogsRequest {
  const originOf = ({ environment }: Signal): Origin => ({ environment, service, build })
  return {
    resourceLogs: groupByOrigin(signals, originOf).map(([origin, own]) => ({
      resource: resourceOf(origin),
      scopeLogs: [{ scope: SCOPE, logRecords: own.map(signalToLogRecord), schemaUrl: SCHEMA_URL }],
    })),
  }
}

/** One signal as a log record of the run's trace. */
export function signalToLogRecord(signal: Signal): OtlpLogRecord {
  const { kind } = signal
  const time = unixNano(signal.atEpochMs)
  return {
    timeUnixNano: time,
    observedTimeUnixNano: time,
    severityNumber: INFO,
    eventName: EVENT.signal,
    traceId: signal.runId,
    attributes: [
      ...named(SIGNAL, {
        ...signal,
        name: kind === 'thumbs' ? 'user_feedback' : `user_${kind}`,
        label: labelOf(signal),
        explanation: signal.comment,
        id: signal.signalId,
        reasons: texts(signal.reasons),
        ordinal: int(signal.ordinal),
      }),
      ...attributes({
        [RUN.feature]: signal.feature,
        [RUN.level]: int(signal.level),
        [RUN.synthetic]: signal.synthetic,
        [RUN.weight]: signal.weight,
      }),
      ...tripleAttributes(signal.triple),
    ],
  }
}

/** A word for dashboards that know nothing of Evenkeel. */
function labelOf({ kind, value }: Signal): string | null {
  if (kind !== 'thumbs' || value === null) return null
  if (value === 0) return 'withdrawn'
  return value > 0 ? 'up' : 'down'
}
