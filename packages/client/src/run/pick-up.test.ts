import { describe, expect, it } from 'vitest'
import { answerReply, htmlReply, statusReply, unreachable } from '../testing/replies.ts'
import type { ScriptedReply } from '../testing/scripted-server.ts'
import { createTestEngine, createTestPage } from '../testing/test-engine.ts'
import type { EngineOptions } from './engine.ts'
import { A, featureForTests } from './feature.test.kit.ts'
import { type PickUpOptions, pickUpAfterReload } from './pick-up.ts'

const RESUME = 'https://app.example/resume/1'
const METADATA = { resume: '/resume/1', prompt: 'draft', version: '3' }
const TEXTS = ['One ', 'two ', 'three']
const feature = featureForTests({ budget: { giveUpMs: 15_000 } })

/** A tab: what it keeps outlives its pages. */
function createTab() {
  const kept = new Map<string, string>()
  return {
    kept,
    storage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    },
  }
}

/** A page in the tab, `atMs` after the first one was loaded. */
async function load(
  storage: PickUpOptions['storage'],
  replies: Readonly<Record<string, ScriptedReply>>,
  { atMs = 0, entity = 'ticket-1', ...options }: EngineOptions & { atMs?: number; entity?: string } = {},
) {
  const kit = createTestEngine(options)
  await kit.clock.advance(atMs)
  for (const [url, reply] of Object.entries(replies)) kit.server.on(url, reply)
  const run = kit.engine.createRun(feature)
  const stop = pickUpAfterReload(run, 'x', {
    entity,
    ...(storage === undefined ? {} : { storage }),
    fetch: kit.server.fetch,
    page: kit.page,
    epochMs: kit.clock.epochMs,
  })
  return { ...kit, run, stop, asked: () => kit.server.requests.map(({ method, url }) => `${method} ${url}`) }
}

/** A tab whose page was left in the middle of an answer. */
async function leftInTheMiddle(options: EngineOptions = {}) {
  const tab = createTab()
  const first = await load(
    tab.storage,
    { [A]: answerReply(TEXTS, { everyMs: 100, ending: 'hang', metadata: METADATA }) },
    options,
  )
  void first.run.start('x')
  await first.clock.advance(150)
  first.page.setVisible(false)
  return { ...tab, runId: first.run.state.runId }
}

const REST = answerReply(TEXTS, { everyMs: 100, metadata: METADATA })

describe('a page that is loaded anew in the middle of an answer', () => {
  it('shows it again from the start and goes on, as the same run on the same budget', async () => {
    const { storage, kept, runId } = await leftInTheMiddle()
    const { run, clock, records, asked, server } = await load(storage, { [RESUME]: REST }, { atMs: 1_000 })
    await clock.advance(150)
    expect([run.state.phase, run.text, run.state.runId]).toEqual(['streaming', 'One ', runId])
    await clock.advance(1_000)
    expect(run.text).toBe('One two three')
    expect(asked()).toEqual([`GET ${RESUME}`])
    expect(server.requests[0]?.headers.get('last-event-id')).toBeNull()
    expect(records).toMatchObject([
      {
        runId,
        outcome: 'answered',
        startedAtEpochMs: Date.UTC(2026, 0, 1),
        firstTokenMs: 1_100,
        completeMs: 1_300,
        triple: { prompt: { name: 'draft', version: '3' } },
      },
    ])
    expect(kept.size).toBe(0)
    expect(clock.pendingTimers).toBe(0)
  })

  it('does so again and again', async () => {
    const { storage, kept, runId } = await leftInTheMiddle()
    for (const atMs of [1_000, 2_000]) {
      const { page, clock, run } = await load(storage, { [RESUME]: REST }, { atMs })
      await clock.advance(150)
      expect(run.state.runId).toBe(runId)
      page.setVisible(false)
      expect(JSON.parse([...kept.values()][0] ?? '')).toEqual({
        runId,
        url: '/resume/1',
        startedAtEpochMs: Date.UTC(2026, 0, 1),
      })
    }
  })

  it('keeps no word of the answer', async () => {
    const { kept } = await leftInTheMiddle()
    expect(JSON.stringify([...kept])).not.toContain('One')
  })

  it('falls down the ladder where the rest breaks off', async () => {
    const { storage, runId } = await leftInTheMiddle()
    const broken = answerReply(TEXTS, { everyMs: 100, ending: 'break' })
    const { run, clock, records } = await load(storage, { [RESUME]: broken }, { atMs: 1_000 })
    await clock.advance(2_000)
    expect(run.text).toBe('template for x')
    expect(records).toMatchObject([{ runId, outcome: 'degraded' }])
  })

  it('gives up when the time of the run is over, counted from its trigger', async () => {
    const { storage } = await leftInTheMiddle()
    const silent: ScriptedReply = { ...REST, body: [], ending: 'hang' }
    const { run, clock, server } = await load(storage, { [RESUME]: silent }, { atMs: 14_000 })
    await clock.advance(900)
    expect(run.state.phase).toBe('waiting')
    await clock.advance(150)
    expect(run.state).toMatchObject({ phase: 'settled', failure: 'timeout.first-token' })
    expect(server.requests[0]?.isAborted).toBe(true)
  })

  it('asks anew with what it was given, when the user asks for another', async () => {
    const { storage } = await leftInTheMiddle()
    const { run, clock, asked } = await load(
      storage,
      { [RESUME]: REST, [A]: answerReply(['Other'], { everyMs: 10 }) },
      { atMs: 1_000 },
    )
    await clock.advance(1_000)
    void run.regenerate()
    await clock.advance(1_000)
    expect(run.text).toBe('Other')
    expect(asked()).toEqual([`GET ${RESUME}`, `POST ${A}`])
  })
})

describe('nothing happens', () => {
  const cases: readonly (readonly [string, ScriptedReply])[] = [
    ['where the answer is gone', statusReply(204)],
    ['where the URL is unknown', statusReply(404)],
    ['where a login page is in the way', htmlReply()],
  ]
  it.each(cases)('%s, and it is forgotten', async (_name, reply) => {
    const { storage, kept } = await leftInTheMiddle()
    const { run, clock, records, bugs } = await load(storage, { [RESUME]: reply }, { atMs: 1_000 })
    await clock.advance(1_000)
    expect([run.state.phase, records, bugs, kept.size]).toEqual(['idle', [], [], 0])
  })

  it('where the server is out of reach; the next load tries again', async () => {
    const { storage, kept } = await leftInTheMiddle()
    const { run, clock } = await load(storage, { [RESUME]: unreachable() }, { atMs: 1_000 })
    await clock.advance(1_000)
    expect([run.state.phase, kept.size]).toEqual(['idle', 1])
  })

  it.each([
    ['where the time of the run is over', 15_000],
    ['where the wall clock was set back', -60_000],
  ])('%s', async (_name, atMs) => {
    const { storage, kept } = await leftInTheMiddle()
    const [key = '', text = ''] = [...kept][0] ?? []
    const started = Date.UTC(2026, 0, 1)
    kept.set(key, text.replace(String(started), String(started - atMs)))
    const { asked } = await load(storage, { [RESUME]: REST })
    expect([asked(), kept.size]).toEqual([[], 0])
  })

  it('for another ticket, another user, another tenant', async () => {
    const { storage, kept } = await leftInTheMiddle({ user: 'ann', tenant: 'acme' })
    for (const other of [
      { user: 'ann', tenant: 'acme', entity: 'ticket-2' },
      { user: 'bob', tenant: 'acme' },
      { user: 'ann', tenant: 'other' },
      {},
    ]) {
      expect((await load(storage, { [RESUME]: REST }, { atMs: 1_000, ...other })).asked()).toEqual([])
    }
    expect(kept.size).toBe(1)
  })

  it('where the user has asked already', async () => {
    const { storage } = await leftInTheMiddle()
    const late = { ...REST, headAfterMs: 50 }
    const { run, clock, asked } = await load(
      storage,
      { [RESUME]: late, [A]: answerReply(['New'], { everyMs: 100 }) },
      { atMs: 1_000 },
    )
    void run.start('x')
    await clock.advance(1_000)
    expect(run.text).toBe('New')
    expect(asked()).toEqual([`GET ${RESUME}`, `POST ${A}`])
  })

  it('where the surface is gone before the answer is there', async () => {
    const { storage, kept } = await leftInTheMiddle()
    const late = { ...REST, headAfterMs: 50 }
    const { run, clock, stop, server } = await load(storage, { [RESUME]: late }, { atMs: 1_000 })
    stop()
    await clock.advance(1_000)
    expect([run.state.phase, server.requests[0]?.isAborted, kept.size]).toEqual(['idle', true, 1])
  })

  it.each(['', '{', 'null', '[]', '{"runId":"x"}', '{"runId":1,"url":2,"startedAtEpochMs":"3"}'])(
    'where what was kept is %j',
    async (text) => {
      const { storage } = createTab()
      const { asked, bugs } = await load({ ...storage, getItem: () => text }, {})
      expect([asked(), bugs]).toEqual([[], []])
    },
  )

  it('at another origin', async () => {
    const { storage, kept } = await leftInTheMiddle()
    const [key = '', text = ''] = [...kept][0] ?? []
    kept.set(key, text.replace('/resume/1', 'https://other.example/1'))
    expect((await load(storage, {}, { atMs: 1_000 })).asked()).toEqual([])
    expect(kept.size).toBe(0)
  })

  it('without a page', () => {
    const { engine } = createTestEngine()
    const page = createTestPage(null)
    expect(pickUpAfterReload(engine.createRun(feature), 'x', { entity: '1', page })).not.toThrow()
  })
})

describe('nothing is noted', () => {
  it('of an answer that is over', async () => {
    const { storage, kept } = createTab()
    const { run, clock, page } = await load(storage, { [A]: REST })
    void run.start('x')
    await clock.advance(150)
    page.setVisible(false)
    expect(kept.size).toBe(1)
    page.setVisible(true)
    await clock.advance(1_000)
    expect(run.state.phase).toBe('settled')
    expect(kept.size).toBe(0)
    page.setVisible(false)
    expect(kept.size).toBe(0)
  })

  it('where the server named no URL, or the watch is over', async () => {
    const { storage, kept } = createTab()
    const unnamed = answerReply(TEXTS, { everyMs: 100 })
    const first = await load(storage, { [A]: unnamed })
    void first.run.start('x')
    await first.clock.advance(150)
    first.page.setVisible(false)
    const second = await load(storage, { [A]: REST })
    void second.run.start('x')
    await second.clock.advance(150)
    second.stop()
    second.page.setVisible(false)
    expect(kept.size).toBe(0)
  })

  it('where there is no room', async () => {
    const { storage, kept } = createTab()
    const setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    const { run, clock, page, bugs } = await load({ ...storage, setItem }, { [A]: REST })
    void run.start('x')
    await clock.advance(150)
    page.setVisible(false)
    await clock.advance(1_000)
    expect([run.state.outcome, bugs, kept.size]).toEqual(['answered', [], 0])
  })
})
