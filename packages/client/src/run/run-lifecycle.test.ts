import { describe, expect, it, vi } from 'vitest'
import { answerReply, statusReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { A, featureForTests, OMIT, TEMPLATE } from './feature.test.kit.ts'

type Spec = Parameters<typeof featureForTests>[0]

const TEXTS = ['One ', 'two ', 'three']

function create(spec: Spec = {}) {
  const kit = createTestEngine()
  kit.server.on(A, answerReply(TEXTS, { everyMs: 100 }))
  const run = kit.engine.createRun(featureForTests(spec))
  const states: string[] = []
  run.subscribe(() => states.push(`${run.state.phase} ${run.state.step} ${run.state.outcome}`))
  return { ...kit, run, states }
}

describe('a run that goes well', () => {
  it('is idle before it is started', () => {
    const { run } = create()
    expect(run.state).toEqual({
      phase: 'idle',
      runId: null,
      outcome: null,
      step: null,
      tier: null,
      failure: null,
      moment: null,
      level: 5,
      levelBy: 'local',
      output: null,
    })
    expect([run.text, run.textFrom(0), run.settled]).toEqual(['', '', null])
  })

  it('changes its state three times, however long the answer', async () => {
    const { run, clock, states, server } = create()
    server.on(
      A,
      answerReply(
        Array.from({ length: 500 }, () => 'word '),
        { everyMs: 1 },
      ),
    )
    void run.start('x')
    await clock.advance(600)
    expect(states).toEqual(['waiting model null', 'streaming model null', 'settled model answered'])
  })

  it('keeps the same state object where nothing changed', async () => {
    const { run, clock } = create()
    void run.start('x')
    await clock.advance(150)
    const before = run.state
    await clock.advance(100)
    expect(run.text).toBe('One two ')
    expect(run.state).toBe(before)
  })

  it('resolves with the record that is sent, and keeps it as settled', async () => {
    const { run, clock, records } = create()
    const started = run.start('x')
    expect(run.settled).toBe(started)
    await clock.advance(500)
    expect(await started).toBe(records[0])
  })

  it('leaves no timer and no open request behind', async () => {
    const { run, clock, server } = create()
    void run.start('x')
    await clock.advance(500)
    expect(clock.pendingTimers).toBe(0)
    expect(server.requests[0]?.isAborted).toBe(false)
  })

  it('settles within the call where the first step needs no network', () => {
    const { run, states, records } = create({ ladder: [TEMPLATE, OMIT] })
    void run.start('x')
    expect(run.state).toMatchObject({ outcome: 'answered', moment: 'template' })
    expect(run.text).toBe('template for x')
    expect(states).toEqual(['waiting template null', 'settled template answered'])
    expect(records).toHaveLength(1)
  })
})

describe('stop', () => {
  it('ends the request at once and keeps what was shown', async () => {
    const { run, clock, server, records } = create()
    void run.start('x')
    await clock.advance(150)
    run.stop()
    expect(run.state).toMatchObject({ phase: 'settled', outcome: 'stopped', moment: 'disclosure' })
    expect(run.text).toBe('One ')
    expect(server.requests[0]?.isAborted).toBe(true)
    await clock.advance(1_000)
    expect(run.text).toBe('One ')
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({ outcome: 'stopped', fallbackCause: null, completeMs: null })
    expect(records[0]?.attempts).toMatchObject([{ failure: 'aborted', detail: 'stopped by the user' }])
    expect(clock.pendingTimers).toBe(0)
  })

  it('has no effect where nothing runs', async () => {
    const { run, clock, records } = create()
    run.stop()
    expect(run.state.phase).toBe('idle')
    void run.start('x')
    await clock.advance(500)
    run.stop()
    expect(run.state.outcome).toBe('answered')
    expect(records).toHaveLength(1)
  })
})

describe('starting again', () => {
  it('supersedes the running one: its request ends, its record says abandoned, its text is gone', async () => {
    const { run, clock, server, records, states } = create()
    const first = run.start('one')
    await clock.advance(150)
    const firstId = run.state.runId
    void run.start('two')
    expect(run.text).toBe('')
    expect(run.state).toMatchObject({ phase: 'waiting', outcome: null })
    expect(run.state.runId).not.toBe(firstId)
    expect(server.requests[0]?.isAborted).toBe(true)
    expect(await first).toMatchObject({ runId: firstId, outcome: 'abandoned' })
    await clock.advance(500)
    expect(records.map(({ outcome }) => outcome)).toEqual(['abandoned', 'answered'])
    expect(records[0]?.attempts[0]?.failure).toBe('aborted')
    expect(run.text).toBe('One two three')
    expect(states).not.toContain('settled model abandoned')
  })

  it('grows the revision of the text, and tells its listeners that the old text is gone', async () => {
    const { run, clock } = create()
    void run.start('one')
    await clock.advance(150)
    const heard: string[] = []
    run.subscribeText(() => heard.push(run.text))
    const before = run.textRevision
    void run.start('two')
    expect(run.textRevision).toBeGreaterThan(before)
    expect(heard).toEqual([''])
  })

  it('can be done from a listener of the end', async () => {
    const { run, clock, records } = create()
    let again = true
    run.subscribe(() => {
      if (run.state.phase !== 'settled' || !again) return
      again = false
      void run.start('again')
    })
    void run.start('x')
    await clock.advance(1_000)
    expect(records.map(({ outcome }) => outcome)).toEqual(['answered', 'answered'])
    expect(run.state.runId).toBe(records[1]?.runId)
  })
})

describe('leave', () => {
  it('aborts a progressive run', async () => {
    const { run, clock, server, records } = create()
    void run.start('x')
    await clock.advance(150)
    run.leave()
    expect(records[0]).toMatchObject({ outcome: 'abandoned' })
    expect(server.requests[0]?.isAborted).toBe(true)
    expect(clock.pendingTimers).toBe(0)
  })

  it('lets a run go on where the feature detaches, and its record is sent', async () => {
    const { run, clock, records } = create({ onUnmount: 'detach' })
    void run.start('x')
    await clock.advance(150)
    run.leave()
    await clock.advance(1_000)
    expect(records[0]).toMatchObject({ outcome: 'answered', answerLength: 13 })
  })

  it('lets an asynchronous run go on by default', async () => {
    const { run, clock, records } = create({ interaction: 'asynchronous' })
    void run.start('x')
    run.leave()
    await clock.advance(1_000)
    expect(records[0]?.outcome).toBe('answered')
  })

  it('changes nothing where nothing runs', async () => {
    const { run, clock, records } = create()
    run.leave()
    void run.start('x')
    await clock.advance(500)
    run.leave()
    run.leave()
    expect(run.state.outcome).toBe('answered')
    expect(records).toHaveLength(1)
  })

  it('lets go of a body that the server keeps open after the end of the answer', async () => {
    const { run, clock, server } = create()
    const whole = answerReply(['Hi'])
    server.on(A, { ...whole, ending: 'hang' })
    void run.start('x')
    await clock.advance(10)
    expect(run.state.outcome).toBe('answered')
    expect(server.requests[0]?.isAborted).toBe(false)
    run.leave()
    expect(server.requests[0]?.isAborted).toBe(true)
  })
})

describe('regenerate', () => {
  it('asks again with the last input, as a run of its own', async () => {
    const { run, clock, server, records } = create()
    void run.start('x')
    await clock.advance(500)
    const again = run.regenerate()
    await clock.advance(500)
    expect(server.requests.map(({ body }) => body)).toEqual(['{"input":"x"}', '{"input":"x"}'])
    expect(records.map(({ outcome }) => outcome)).toEqual(['answered', 'answered'])
    expect(await again).toBe(records[1])
    expect(records[1]?.runId).not.toBe(records[0]?.runId)
  })

  it('has nothing to ask before the first start', () => {
    expect(create().run.regenerate()).toBeNull()
  })
})

describe('listeners', () => {
  it('hear no more once they are removed', async () => {
    const { run, clock } = create()
    const state = vi.fn()
    const text = vi.fn()
    const removals = [run.subscribe(state), run.subscribeText(text)]
    for (const remove of removals) remove()
    void run.start('x')
    await clock.advance(500)
    expect(state).not.toHaveBeenCalled()
    expect(text).not.toHaveBeenCalled()
  })

  it('may throw without harm to the run or to each other', async () => {
    const { run, clock, bugs, records } = create()
    const heard = vi.fn()
    const broken = () => {
      throw new Error('listener')
    }
    run.subscribe(broken)
    run.subscribeText(broken)
    run.subscribe(heard)
    void run.start('x')
    await clock.advance(500)
    expect(records[0]?.outcome).toBe('answered')
    expect(heard).toHaveBeenCalled()
    expect(bugs[0]?.[0]).toContain('listener')
  })

  it('are kept apart, also where one function listens twice', async () => {
    const { run, clock } = create()
    const heard = vi.fn()
    run.subscribe(heard)
    const remove = run.subscribe(heard)
    remove()
    void run.start('x')
    await clock.advance(500)
    expect(heard).toHaveBeenCalledTimes(3)
  })
})

describe('two runs of one feature', () => {
  it('know nothing of each other', async () => {
    const { engine, server, clock, records } = createTestEngine()
    server.on(A, answerReply(['Good']), statusReply(500))
    const feature = featureForTests()
    const one = engine.createRun(feature)
    const two = engine.createRun(feature)
    void one.start('1')
    await clock.advance(1)
    void two.start('2')
    await clock.advance(1)
    expect([one.text, two.text]).toEqual(['Good', 'template for 2'])
    expect(records).toHaveLength(2)
  })
})
