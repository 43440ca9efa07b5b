import type { DatabaseSync } from 'node:sqlite'
import { DROP_REASONS, type DropReport, type RunRecord, type Signal } from '@evenkeel/shared'
import type { LooseSpan } from '../otlp/span.ts'
import { createUpsert, rowOf, rowsOf } from './database.ts'
import { dropRow } from './drop-row.ts'
import { attemptRow, runRow } from './run-row.ts'
import { signalRow } from './signal-row.ts'

/** What a batch may do to the store. Every write may be repeated and reordered without changing the end. */
export interface Writer {
  knownRun(runId: string): RunRecord | null
  /** Takes the place of what was known of the run; false where nothing is new. */
  putRun(run: RunRecord): boolean
  /** The newest of one `signalId` stands; false where nothing is new. */
  putSignal(signal: Signal): boolean
  /** Of two reports of one page the larger counts stand. */
  putDropReport(report: DropReport): void
  looseSpans(traceId: string): LooseSpan[]
  /** False where the span is too large to keep. */
  putSpan(span: LooseSpan): boolean
  dropSpan(traceId: string, spanId: string): void
  /** Forgets the oldest loose spans beyond `MAX_LOOSE_SPANS`. */
  trimSpans(): void
}

/** Spans of other instrumentation are a courtesy: enough to look at, never enough to fill a disk. */
export const MAX_LOOSE_SPANS = 20_000

/** A loose span larger than this is counted but not kept. */
export const MAX_LOOSE_SPAN_CHARACTERS = 64 * 1024

export function createWriter(database: DatabaseSync, nowMs: () => number): Writer {
  const recordOfRun = database.prepare('SELECT record FROM runs WHERE run_id = ?')
  const runOfSignal = database.prepare('SELECT run_id FROM signals WHERE signal_id = ?')
  const spansOfTrace = database.prepare('SELECT body FROM spans WHERE trace_id = ? ORDER BY span_id')
  const deleteSpan = database.prepare('DELETE FROM spans WHERE trace_id = ? AND span_id = ?')
  const trim = database.prepare(
    'DELETE FROM spans WHERE rowid IN (SELECT rowid FROM spans ORDER BY received_at_ms DESC, rowid DESC LIMIT -1 OFFSET ?)',
  )
  const upsertRun = createUpsert<ReturnType<typeof runRow>>(database, 'runs', 'run_id')
  const upsertAttempt = createUpsert<ReturnType<typeof attemptRow>>(database, 'attempts', 'run_id, span_id')
  // Between two of the same instant the text decides, so that the order of arrival does not.
  const upsertSignal = createUpsert<ReturnType<typeof signalRow>>(
    database,
    'signals',
    'signal_id',
    `WHERE excluded.at_ms > signals.at_ms
      OR (excluded.at_ms = signals.at_ms AND excluded.record > signals.record)`,
  )
  const upsertSpan = createUpsert(database, 'spans', 'trace_id, span_id', 'WHERE excluded.body > spans.body')
  const total = (of: string) => DROP_REASONS.map((reason) => `${of}."${reason}"`).join(' + ')
  const upsertDrops = createUpsert<ReturnType<typeof dropRow>>(
    database,
    'drops',
    'report_id',
    `WHERE ${total('excluded')} > ${total('drops')}`,
  )
  const markRun = database.prepare(`
    UPDATE runs SET
      thumbs = (SELECT value FROM signals WHERE signals.run_id = runs.run_id AND kind = 'thumbs'
        ORDER BY at_ms DESC, signal_id DESC LIMIT 1),
      regenerated = EXISTS (SELECT 1 FROM signals WHERE signals.run_id = runs.run_id AND kind = 'regenerate')
    WHERE run_id = ?`)

  return {
    knownRun(runId) {
      const row = rowOf<{ record: string }>(recordOfRun, [runId])
      return row === undefined ? null : (JSON.parse(row.record) as RunRecord)
    },
    putRun(run) {
      const row = runRow(run, nowMs())
      if (rowOf<{ record: string }>(recordOfRun, [run.runId])?.record === row.record) return false
      upsertRun(row)
      run.attempts.forEach((attempt, ordinal) => {
        upsertAttempt(attemptRow(run.runId, attempt, ordinal))
      })
      markRun.run(run.runId)
      return true
    },
    putSignal(signal) {
      const before = rowOf<{ run_id: string }>(runOfSignal, [signal.signalId])?.run_id
      if (!upsertSignal(signalRow(signal, nowMs()))) return false
      markRun.run(signal.runId)
      if (before !== undefined && before !== signal.runId) markRun.run(before)
      return true
    },
    putDropReport(report) {
      upsertDrops(dropRow(report, nowMs()))
    },
    looseSpans(traceId) {
      return rowsOf<{ body: string }>(spansOfTrace, [traceId]).map(
        ({ body }) => JSON.parse(body) as LooseSpan,
      )
    },
    putSpan(loose) {
      const body = JSON.stringify(loose)
      if (body.length > MAX_LOOSE_SPAN_CHARACTERS) return false
      upsertSpan({
        trace_id: loose.traceId,
        span_id: loose.spanId,
        parent_span_id: text(loose.span.parentSpanId),
        name: text(loose.span.name) ?? '',
        received_at_ms: nowMs(),
        body,
      })
      return true
    },
    dropSpan(traceId, spanId) {
      deleteSpan.run(traceId, spanId)
    },
    trimSpans() {
      trim.run(MAX_LOOSE_SPANS)
    },
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
