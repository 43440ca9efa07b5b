import { EVENT, RUN, SIGNAL } from '../attributes.ts'
import { LEVELS } from '../level.ts'
import { SIGNAL_KINDS, type Signal } from '../signal.ts'
import { type Json, readAttributes } from './read.ts'
import { readMicros } from './time.ts'
import { readTriple } from './triple-attributes.ts'

const ID = /^[0-9a-f]{32}$/

/** The signal, what is wrong with it, or `null` where the record is somebody else's. */
export function readSignal(record: Json, environment: string): Signal | string | null {
  const said = readAttributes(record.attributes)
  const signalId = said.text(SIGNAL.id)
  if (record.eventName !== EVENT.signal || signalId === null) return null

  const runId = typeof record.traceId === 'string' ? record.traceId.toLowerCase() : ''
  const kind = said.oneOf(SIGNAL.kind, SIGNAL_KINDS)
  const level = said.oneOf(RUN.level, LEVELS)
  const feature = said.text(RUN.feature)
  const micros = readMicros(record.timeUnixNano)
  if (!ID.test(signalId)) return 'a signal without a valid id'
  if (!ID.test(runId)) return `signal ${signalId}: its trace id is missing or not valid`
  if (kind === null) return `signal ${signalId}: its ${SIGNAL.kind} is missing or unknown`
  if (level === null) return `signal ${signalId}: its ${RUN.level} is missing or unknown`
  if (feature === null) return `signal ${signalId}: it has no ${RUN.feature}`
  if (micros === null) return `signal ${signalId}: its time is no nanoseconds`
  return {
    signalId,
    runId,
    kind,
    atEpochMs: Math.round(micros / 1000),
    value: said.number(SIGNAL.value),
    reasons: said.texts(SIGNAL.reasons),
    comment: said.text(SIGNAL.explanation),
    ordinal: said.number(SIGNAL.ordinal),
    afterMs: said.number(SIGNAL.afterMs),
    replacedBy: said.text(SIGNAL.replacedBy),
    feature,
    triple: readTriple(said),
    level,
    environment,
    synthetic: said.flag(RUN.synthetic) ?? false,
    weight: said.number(RUN.weight) ?? 1,
  }
}
