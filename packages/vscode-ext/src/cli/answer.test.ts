import { describe, expect, it } from 'vitest'
import { anAttempt, anId, aRun, aSignal } from '../engine/testing/run.ts'
import { openMemoryStore } from '../engine/testing/store.ts'
import { answer } from './answer.ts'
import { readCommandLine } from './command-line.ts'

const NOW_MS = 1_700_000_060_000

function asker(runs = 30) {
  const { store } = openMemoryStore(() => NOW_MS)
  store.write((writer) => {
    for (let number = 1; number <= runs; number += 1) writer.putRun(aRun({ runId: anId(number) }))
    if (runs > 0) writer.putSignal(aSignal())
  })
  return async (...argv: string[]) => {
    const line = readCommandLine(argv)
    if (line === null) throw new Error('help')
    return await answer(store, line, NOW_MS)
  }
}

describe('the answers in a terminal', () => {
  it('name environment, window and basis of the figures', async () => {
    const text = await asker()('features')
    expect(text).toContain('production, last 24 h')
    expect(text).toMatch(/draft-reply +30 runs +320 ms +500 ms +2\.1 s +5 s +0 % +3\.3 % +0 %$/m)
  })

  it('say so where there are too few runs to say', async () => {
    const text = await asker(3)('features')
    expect(text).toContain('too few')
    expect(text).not.toContain('%')
  })

  it('list runs', async () => {
    const text = await asker()('runs', '--limit', '2')
    expect(text.split('\n')[0]).toMatch(/^run +started +feature/)
    expect(await asker(1)('runs')).toMatch(/1 min ago +draft-reply +production +Answered .* 1 +down/)
    expect(await asker(0)('runs')).toBe('No runs.')
  })

  it('tell one run with its attempts and signals', async () => {
    const { store } = openMemoryStore()
    store.write((writer) => {
      writer.putRun(
        aRun({
          attempts: [
            anAttempt({ spanId: '00000000000000a1', failure: 'http.server', status: 503, detail: 'a\nb' }),
            anAttempt({ spanId: '00000000000000a2', step: 'template', tier: null, status: null }),
          ],
        }),
      )
      writer.putSignal(aSignal())
    })
    const line = readCommandLine(['run', anId(1)])
    const text = line === null ? '' : await answer(store, line, NOW_MS)
    expect(text).toContain('draft-reply@1.0.0#abc123')
    expect(text).toContain('sim-1-0325 (asked for sim-1)')
    expect(text).toMatch(/model primary .*http\.server +503 +a b/)
    expect(text).toMatch(/thumbs +down +hallucination/)
  })

  it('are JSON where asked for, and an error where there is none', async () => {
    expect(JSON.parse(await asker(1)('run', anId(1), '--json'))).toMatchObject({ run: { runId: anId(1) } })
    expect(JSON.parse(await asker(1)('features', '--json')).features).toHaveLength(1)
    await expect(asker(1)('run', anId(5))).rejects.toThrow('not known')
  })
})
