import { describe, expect, it, vi } from 'vitest'
import { anAttempt, anId, aRun, aSignal } from '../testing/run.ts'
import { dump, openMemoryStore } from '../testing/store.ts'
import { MAX_LOOSE_SPANS } from './writer.ts'

// Whole stores are filled here, on machines that do other things too.
vi.setConfig({ testTimeout: 60_000 })

describe('the tables, as SQL sees them', () => {
  it('hold a run in columns and whole', () => {
    const { store, database } = openMemoryStore()
    const run = aRun({
      cold: true,
      turn: 2,
      synthetic: true,
      attempts: [
        anAttempt({ failure: 'http.server', status: 503, hedge: true }),
        anAttempt({ spanId: 'b'.repeat(16) }),
      ],
    })
    store.write((writer) => writer.putRun(run))
    const { runs, attempts } = dump(database)
    expect(runs).toMatchObject([
      {
        run_id: run.runId,
        prompt: 'draft-reply@1.0.0#abc123',
        prompt_version: '1.0.0',
        request_model: 'sim-1',
        response_model: 'sim-1-0325',
        input_tokens: 120,
        attempts: 2,
        cold: 1,
        turn: 2,
        synthetic: 1,
        thumbs: null,
        regenerated: 0,
      },
    ])
    expect(JSON.parse(String(runs[0]?.record))).toEqual(run)
    expect(attempts).toMatchObject([
      { run_id: run.runId, ordinal: 0, step: 'model', failure: 'http.server', status: 503, hedge: 1 },
      { run_id: run.runId, ordinal: 1, failure: null, status: 200, hedge: 0 },
    ])
  })

  it('hold signals, and the run’s marks beside them', () => {
    const { store, database } = openMemoryStore()
    store.write((writer) => {
      writer.putRun(aRun())
      writer.putSignal(aSignal({ reasons: ['latency', 'our own'] }))
      writer.putSignal(aSignal({ signalId: anId(901), kind: 'regenerate', value: null, ordinal: 1 }))
    })
    expect(dump(database).signals).toMatchObject([
      { signal_id: anId(900), run_id: anId(1), kind: 'thumbs', value: -1, reasons: '["latency","our own"]' },
      { signal_id: anId(901), kind: 'regenerate', ordinal: 1, value: null },
    ])
    expect(dump(database).runs).toMatchObject([{ thumbs: -1, regenerated: 1 }])
  })
})

describe('a signal that moves to another run', () => {
  it('leaves no mark on the first', () => {
    const { store, database } = openMemoryStore()
    store.write((writer) => {
      writer.putRun(aRun())
      writer.putRun(aRun({ runId: anId(2) }))
      writer.putSignal(aSignal())
      writer.putSignal(aSignal({ runId: anId(2), atEpochMs: aSignal().atEpochMs + 1 }))
    })
    expect(dump(database).runs.map(({ thumbs }) => thumbs)).toEqual([null, -1])
  })
})

describe('loose spans', () => {
  it('are bounded: the oldest go', () => {
    let nowMs = 0
    const { store, database } = openMemoryStore(() => ++nowMs)
    const span = (number: number) => ({
      traceId: anId(number),
      spanId: '00000000000000aa',
      resource: {},
      scope: {},
      span: { name: 'x' },
    })
    store.write((writer) => {
      for (let number = 1; number <= MAX_LOOSE_SPANS + 5; number += 1) writer.putSpan(span(number))
      writer.trimSpans()
    })
    const { spans } = dump(database)
    expect(spans).toHaveLength(MAX_LOOSE_SPANS)
    expect(spans[0]?.trace_id).toBe(anId(6))
  })
})
