import { FAILURES, type Failure, type FeatureSpec, type Level, RUN_MOMENTS } from '@evenkeel/shared'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EngineOptions } from '../run/engine.ts'
import { A, B, ELSEWHERE, FAST, featureForTests, OMIT, PRIMARY, TEMPLATE } from '../run/feature.test.kit.ts'
import { rehearse } from '../run/rehearsal.ts'
import { answerReply, statusReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import type { RunMoment } from './forced.ts'
import { createOverlayStore, type OverlayStore } from './overlay-store.ts'
import { rehearsalOf } from './rehearse-runs.ts'

let store: OverlayStore

beforeEach(() => {
  store = createOverlayStore()
  rehearse(rehearsalOf(store))
})
afterEach(() => rehearse(null))

const LONG_MS = 70_000

/** An engine whose records would count, and a feature whose servers answer. */
function setUp<Output = string>(
  spec: Partial<FeatureSpec<string, Output>> = {},
  options: EngineOptions = {},
) {
  const test = createTestEngine({ sandbox: false, telemetry: false, ...options })
  test.server.on(A, answerReply(['an ', 'answer'], { everyMs: 20 }))
  test.server.on(B, answerReply(['another ', 'answer']))
  const feature = featureForTests<Output>(spec)
  const run = test.engine.createRun(feature)
  return { ...test, feature, run }
}

const SCHEMA = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value: unknown) =>
      value === null ? { issues: [{ message: 'is nothing' }] } : { value: value as object },
  },
} as const

describe('every failure can be forced, and the engine finds it by itself', () => {
  it.each(FAILURES)('%s', async (failure) => {
    const spec = failure === 'schema' ? { schema: SCHEMA } : {}
    const { run, clock, records, bugs, server } = setUp<unknown>({ ladder: [PRIMARY, OMIT], ...spec })
    store.force(null, { kind: 'failure', failure, tier: null }, 'next-run')
    run.start('Jo')
    await clock.advance(LONG_MS)
    const { attempts, synthetic } = records[0] ?? {}
    expect(attempts?.[0]?.failure).toBe(failure satisfies Failure)
    expect(synthetic).toBe(true)
    expect(server.requests).toEqual([])
    expect(bugs.length).toBe(failure === 'bug' ? 1 : 0)
    expect(clock.pendingTimers).toBe(0)
  })

  it('what a schema refuses is asked for once more, and refused again', async () => {
    const { run, clock, records } = setUp<unknown>({ ladder: [PRIMARY, OMIT], schema: SCHEMA })
    store.force(null, { kind: 'failure', failure: 'schema', tier: null }, 'next-run')
    run.start('Jo')
    await clock.advance(1_000)
    expect(records[0]?.attempts.map(({ failure }) => failure)).toEqual(['schema', 'schema', null])
  })

  it('of one model step only, while the others are asked', async () => {
    const { run, clock, records, server } = setUp({ ladder: [PRIMARY, FAST, OMIT] })
    store.force(null, { kind: 'failure', failure: 'provider', tier: 'primary' }, 'next-run')
    run.start('Jo')
    await clock.advance(1_000)
    expect(records[0]?.attempts.map(({ tier, failure }) => [tier, failure])).toEqual([
      ['primary', 'provider'],
      ['fast', null],
    ])
    expect(server.requests.length).toBe(1)
    expect(records[0]?.outcome).toBe('degraded')
  })

  it('of a step on another origin, where no header of ours says which step asks', async () => {
    const url = 'https://models.example/ask'
    const { run, clock, records, server } = setUp({ ladder: [{ ...PRIMARY, url }, ELSEWHERE, OMIT] })
    server.on(url, answerReply(['never']))
    store.force(null, { kind: 'failure', failure: 'network', tier: 'primary' }, 'next-run')
    run.start('Jo')
    await clock.advance(1_000)
    expect(records[0]?.attempts.map(({ failure }) => failure)).toEqual(['network', null])
    expect(run.text).toBe('another answer')
  })
})

describe('every moment of a run can be forced', () => {
  const shown = async (moment: RunMoment, ladder = [PRIMARY, FAST, TEMPLATE, OMIT]) => {
    const { run, clock } = setUp({ ladder })
    const moments: unknown[] = []
    run.subscribe(() => moments.push(run.state.moment))
    store.force(null, { kind: 'moment', moment }, 'next-run')
    run.start('Jo')
    await clock.advance(LONG_MS)
    return { moments, last: moments.at(-1), run }
  }

  it.each(RUN_MOMENTS.filter((moment) => !['slow', 'cached'].includes(moment)))('%s', async (moment) => {
    expect((await shown(moment)).last).toBe(moment)
  })

  it('slow, on the way to a run that gives up', async () => {
    expect((await shown('slow')).moments).toContain('slow')
  })

  it('cached, where an answer to the same input was kept', async () => {
    const cache = { step: 'cache', maxAgeMs: 3_600_000 } as const
    const ladder = [PRIMARY, cache, TEMPLATE, OMIT]
    const { run, clock, records } = setUp({ ladder })
    for (const isForced of [false, true]) {
      if (isForced) store.force(null, { kind: 'moment', moment: 'cached' }, 'next-run')
      run.start('Jo')
      await clock.advance(5_000)
    }
    expect(run.state.moment).toBe('cached')
    expect(run.text).toBe('an answer')
    expect(records.map(({ synthetic }) => synthetic)).toEqual([false, true])
  })

  it.each(['replaced', 'template'] as const)(
    '%s not where nothing stands below the models',
    async (moment) => {
      const { last } = await shown(moment, [PRIMARY, OMIT])
      expect(last).toBe('disclosure')
      expect(store.state.forced.length).toBe(1)
    },
  )

  it('a run that is held waits for as long as somebody looks, and ends when it is stopped', async () => {
    const { run } = await shown('waiting')
    expect(run.state.phase).toBe('waiting')
    run.stop()
    expect(run.state).toMatchObject({ phase: 'settled', outcome: 'stopped' })
  })

  it('off, which leaves the button where it is, so that somebody can see it', async () => {
    const { run } = await shown('disabled')
    expect(run.state.outcome).toBe('disabled')
    expect(run.controls.enabled).toBe(true)
  })
})

describe('a forced level', () => {
  it.each([5, 4, 3, 2, 1] as const)('%s is the run’s, decided by a control', async (level) => {
    const { run, clock, records } = setUp({ ladder: [PRIMARY, FAST, TEMPLATE, OMIT] })
    store.force(null, { kind: 'level', level }, 'next-run')
    run.start('Jo')
    await clock.advance(1_000)
    expect(records[0]).toMatchObject({ level, levelBy: 'control', synthetic: true })
  })

  it('shows in what the interface may offer before the run, and no longer after it', async () => {
    const levels = [
      { level: 5 as Level, name: 'full', startAt: 'model' as const, told: false, capabilities: ['tone'] },
      { level: 2 as Level, name: 'template', startAt: 'template' as const, told: true },
    ]
    const { run, clock } = setUp({ levels })
    const seen: unknown[] = []
    run.subscribe(() => seen.push([run.can('tone'), run.state.level]))
    store.force(null, { kind: 'level', level: 2 }, 'next-run')
    await clock.advance(0)
    expect(seen).toEqual([[false, 2]])
    run.start('Jo')
    await clock.advance(1_000)
    expect(run.state.outcome).toBe('degraded')
    expect(run.can('tone')).toBe(true)
  })

  it('stands above what the real controls say, in both directions', async () => {
    const controls = {
      of: () => ({ enabled: true, maxLevel: 3 as Level, notice: null, hedge: true, purge: false, flags: [] }),
      onChange: () => () => {},
    }
    const { run, clock, records } = setUp({}, { controls })
    store.force(null, { kind: 'level', level: 5 }, 'next-run')
    run.start('Jo')
    await clock.advance(1_000)
    run.start('Jo')
    await clock.advance(1_000)
    expect(records.map(({ level }) => level)).toEqual([5, 3])
  })
})

describe('what is forced', () => {
  it('for the next run is for one run', async () => {
    const { run, clock, records } = setUp()
    store.force(null, { kind: 'failure', failure: 'http.server', tier: null }, 'next-run')
    for (let count = 0; count < 2; count += 1) {
      run.start('Jo')
      await clock.advance(1_000)
    }
    expect(records.map(({ outcome, synthetic }) => [outcome, synthetic])).toEqual([
      ['degraded', true],
      ['answered', false],
    ])
    expect(store.state.forced).toEqual([])
  })

  it('until it is cleared is for every run till then', async () => {
    const { run, clock, records } = setUp()
    store.force(null, { kind: 'failure', failure: 'http.server', tier: null }, 'cleared')
    for (let count = 0; count < 3; count += 1) {
      if (count === 2) store.clear()
      run.start('Jo')
      await clock.advance(1_000)
    }
    expect(records.map(({ synthetic }) => synthetic)).toEqual([true, true, false])
  })

  it('on one feature leaves the others alone', async () => {
    const { engine, run, clock, records, feature } = setUp()
    const other = engine.createRun(featureForTests())
    store.force(feature.id, { kind: 'failure', failure: 'empty', tier: null }, 'next-run')
    other.start('Jo')
    await clock.advance(1_000)
    run.start('Jo')
    await clock.advance(1_000)
    expect(records.map(({ synthetic }) => synthetic)).toEqual([false, true])
  })

  it('teaches this browser nothing: when it is cleared, all is as before', async () => {
    const { run, clock, records } = setUp({}, { health: {} })
    store.force(null, { kind: 'failure', failure: 'http.server', tier: null }, 'cleared')
    for (let count = 0; count < 4; count += 1) {
      run.start('Jo')
      await clock.advance(1_000)
    }
    store.clear()
    run.start('Jo')
    await clock.advance(1_000)
    expect(records.at(-1)).toMatchObject({ outcome: 'answered', level: 5 })
  })

  it('marks the signals of its run as well, and no other', async () => {
    const { run, clock, signals } = setUp()
    store.force(null, { kind: 'moment', moment: 'template' }, 'next-run')
    run.start('Jo')
    await clock.advance(1_000)
    run.signal('thumbs', { value: -1 })
    run.start('Jo')
    await clock.advance(1_000)
    run.signal('thumbs', { value: 1 })
    expect(signals.map(({ synthetic }) => synthetic)).toEqual([true, false])
  })

  it('does not touch requests that are none of a model step', async () => {
    const { run, server, clock } = setUp({
      ladder: [{ ...PRIMARY, url: '/api/other' }, OMIT],
    })
    server.on('/api/other', statusReply(503))
    store.force(null, { kind: 'failure', failure: 'http.client', tier: 'fast' }, 'next-run')
    run.start('Jo')
    await clock.advance(1_000)
    expect(server.requests.length).toBe(1)
  })
})

describe('what the store sees', () => {
  it('is every run, the last first, with what was forced on it', async () => {
    const { run, clock, feature } = setUp()
    run.start('Jo')
    await clock.advance(1_000)
    store.force(null, { kind: 'level', level: 4 }, 'next-run')
    run.start('Jo')
    await clock.advance(1_000)
    expect(store.state.runs.map(({ forced }) => forced.map(({ forcing }) => forcing.kind))).toEqual([
      ['level'],
      [],
    ])
    expect([...store.state.features.keys()]).toContain(feature.id)
  })

  it('of a run that a forced one supersedes is that nothing was forced on it', async () => {
    const { run, clock, records } = setUp()
    run.start('Jo')
    await clock.advance(10)
    store.force(null, { kind: 'level', level: 4 }, 'next-run')
    run.start('Jo')
    await clock.advance(1_000)
    expect(records.map(({ outcome, synthetic }) => [outcome, synthetic])).toEqual([
      ['abandoned', false],
      ['degraded', true],
    ])
    expect(store.state.runs.map(({ forced }) => forced.length)).toEqual([1, 0])
  })

  it('of a record that is told again is one run, with what was forced on it', async () => {
    const { run, clock } = setUp()
    store.force(null, { kind: 'level', level: 4 }, 'next-run')
    run.start('Jo')
    await clock.advance(1_000)
    const [seen] = store.state.runs
    if (seen === undefined) throw new Error('no run was seen')
    store.addRun({ record: { ...seen.record, outcome: 'omitted' }, forced: [] })
    expect(store.state.runs.map(({ record, forced }) => [record.outcome, forced.length])).toEqual([
      ['omitted', 1],
    ])
  })

  it('of a sandbox’s own synthetic runs is that nothing was forced on them', async () => {
    const { run, clock } = setUp({}, { sandbox: true })
    store.force(null, { kind: 'level', level: 4 }, 'next-run')
    run.start('Jo')
    await clock.advance(1_000)
    run.signal('copy')
    run.start('Jo')
    await clock.advance(1_000)
    expect(store.state.runs.map(({ forced }) => forced.length)).toEqual([0, 1])
  })
})
