import { describe, expect, it } from 'vitest'
import { chunksReply, htmlReply, statusReply, unreachable } from '../testing/replies.ts'
import type { ScriptedReply } from '../testing/scripted-server.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import type { EngineOptions } from './engine.ts'
import { A, featureForTests, OMIT, TEMPLATE } from './feature.test.kit.ts'

const RESUME = 'https://app.example/resume/1'
const GONE = statusReply(204)
const SSE = { 'content-type': 'text/event-stream' }

const CHUNKS = [
  { type: 'start' },
  { type: 'text-start', id: 't' },
  { type: 'text-delta', id: 't', delta: 'One ' },
  { type: 'text-delta', id: 't', delta: 'two ' },
  { type: 'text-delta', id: 't', delta: 'three' },
  { type: 'text-end', id: 't' },
  { type: 'finish', finishReason: 'stop' },
]
const WHOLE = 'One two three'

/** Events of the answer by their ids, 1 to 7; one every 10 ms. */
function events(from: number, to: number, ending: ScriptedReply['ending'] = 'close'): ScriptedReply {
  return {
    headers: SSE,
    body: CHUNKS.slice(from - 1, to).map((chunk, index) => ({
      afterMs: 10,
      text: `id: ${from + index}\ndata: ${JSON.stringify(chunk)}\n\n`,
    })),
    ending,
  }
}

/** The first answer, which names a URL for the rest. */
function first(to: number, ending: ScriptedReply['ending'] = 'break', resume = '/resume/1'): ScriptedReply {
  const reply = events(1, to, ending)
  return { ...reply, headers: { ...SSE, evenkeel: `resume="${resume}"` } }
}

function begin(reply: ScriptedReply, rest: readonly ScriptedReply[] = [], options: EngineOptions = {}) {
  const kit = createTestEngine(options)
  kit.server.on(A, reply)
  if (rest.length > 0) kit.server.on(RESUME, ...rest)
  const run = kit.engine.createRun(featureForTests())
  const texts: string[] = []
  run.subscribeText(() => texts.push(run.text))
  void run.start('x')
  return {
    ...kit,
    run,
    texts,
    asked: () => kit.server.requests.map(({ method, url }) => `${method} ${url}`),
    lastEventIds: () => kit.server.requests.slice(1).map(({ headers }) => headers.get('last-event-id')),
  }
}

describe('an answer whose connection breaks', () => {
  it('goes on where it was: text in place, one POST, no step taken', async () => {
    const { run, clock, texts, asked, lastEventIds, records } = begin(first(4), [events(5, 7)])
    await clock.advance(1_000)
    expect(texts).toEqual(['One ', 'One two ', WHOLE])
    expect(run.textRevision).toBe(0)
    expect(run.state).toMatchObject({ outcome: 'answered', failure: null, moment: 'disclosure' })
    expect(asked()).toEqual([`POST ${A}`, `GET ${RESUME}`])
    expect(lastEventIds()).toEqual(['4'])
    expect(records[0]?.attempts).toMatchObject([{ failure: null, status: 200, protocol: 'ai-sdk' }])
    expect(clock.pendingTimers).toBe(0)
  })

  it('goes on also after a body that ended as if it were whole', async () => {
    const { run, clock, asked } = begin(first(3, 'close'), [events(4, 7)])
    await clock.advance(1_000)
    expect([run.text, run.state.outcome]).toEqual([WHOLE, 'answered'])
    expect(asked()).toHaveLength(2)
  })

  it('goes on as often as it breaks, while something new comes', async () => {
    const rest = [2, 3, 4, 5, 6].map((id) => events(id, id, 'break'))
    const { run, clock, lastEventIds, records } = begin(first(1), [...rest, events(7, 7)])
    await clock.advance(5_000)
    expect([run.text, run.state.outcome]).toEqual([WHOLE, 'answered'])
    expect(lastEventIds()).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(records[0]?.attempts).toMatchObject([{ resumes: 6 }])
  })

  it('drops what a server sends again', async () => {
    const { run, clock, texts } = begin(first(4), [events(1, 7)])
    await clock.advance(1_000)
    expect(texts.at(-1)).toBe(WHOLE)
    expect(run.state.outcome).toBe('answered')
  })

  it('drops half an event, which comes again whole', async () => {
    const half = first(3)
    const cut = {
      ...half,
      body: [...(half.body ?? []), { afterMs: 5, text: 'id: 4\ndata: {"type":"text-de' }],
    }
    const { run, clock, lastEventIds } = begin(cut, [events(4, 7)])
    await clock.advance(1_000)
    expect(run.text).toBe(WHOLE)
    expect(lastEventIds()).toEqual(['3'])
  })

  it('starts over without an id where nothing was read yet', async () => {
    const { run, clock, lastEventIds } = begin(first(0), [events(1, 7)])
    await clock.advance(1_000)
    expect([run.text, run.state.outcome]).toEqual([WHOLE, 'answered'])
    expect(lastEventIds()).toEqual([null])
  })

  it('goes on at a URL that the stream itself named', async () => {
    const said = 'event: evenkeel\ndata: {"resume":"/resume/1"}\n\n'
    const reply = events(1, 4, 'break')
    const named = { ...reply, body: [{ afterMs: 0, text: said }, ...(reply.body ?? [])] }
    const { run, clock } = begin(named, [events(5, 7)])
    await clock.advance(1_000)
    expect([run.text, run.state.outcome]).toEqual([WHOLE, 'answered'])
  })

  it('asks as the run that it is, and neither as a wish nor with a body', async () => {
    const { clock, server, run } = begin(first(4), [events(5, 7)])
    await clock.advance(1_000)
    const [post, resumed] = server.requests
    for (const name of ['traceparent', 'evenkeel-attempt']) {
      expect(resumed?.headers.get(name)).toBe(post?.headers.get(name))
    }
    expect(resumed?.headers.get('traceparent')).toContain(run.state.runId)
    expect([resumed?.body, resumed?.headers.get('idempotency-key')]).toEqual([null, null])
    expect(resumed?.headers.get('content-type')).toBeNull()
  })
})

describe('a connection that says nothing', () => {
  const patient = () => featureForTests({ budget: { stallMs: 5_000, giveUpMs: 120_000 } })

  it('is left for another one, and the answer goes on', async () => {
    const { engine, server, clock, records } = createTestEngine()
    server.on(A, first(4, 'hang'))
    server.on(RESUME, events(5, 7))
    const run = engine.createRun(patient())
    void run.start('x')
    await clock.advance(10_000)
    expect([run.text, run.state.outcome]).toEqual([WHOLE, 'answered'])
    expect(server.requests[0]?.isAborted).toBe(true)
    expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'GET'])
    expect(records[0]).toMatchObject({ stalls: [{ atMs: 40, durationMs: 5_000 }] })
    expect(records[0]?.attempts).toMatchObject([{ failure: null, resumes: 1 }])
    expect(clock.pendingTimers).toBe(0)
  })

  it('is a stall where the answer is gone', async () => {
    const { engine, server, clock, records } = createTestEngine()
    server.on(A, first(4, 'hang'))
    server.on(RESUME, GONE)
    void engine.createRun(patient()).start('x')
    await clock.advance(10_000)
    expect(records[0]?.attempts[0]).toMatchObject({
      failure: 'timeout.stall',
      detail: 'silent for 5000 ms',
      resumes: 0,
    })
  })

  it('is a stall where the next one says nothing either, again and again', async () => {
    const { engine, server, clock, records } = createTestEngine()
    server.on(A, first(4, 'hang'))
    server.on(RESUME, { headers: SSE, body: [], ending: 'hang' })
    void engine.createRun(patient()).start('x')
    await clock.advance(119_000)
    expect(records[0]?.attempts[0]).toMatchObject({ failure: 'timeout.stall', resumes: 5 })
    expect(server.requests.filter(({ method }) => method === 'GET')).toHaveLength(5)
    expect(clock.pendingTimers).toBe(0)
  })
})

describe('the failure stands', () => {
  const cases: readonly (readonly [string, ScriptedReply, readonly ScriptedReply[], string, number])[] = [
    ['where the server has it no longer', first(4), [GONE], 'network', 1],
    ['where a body ended early and nothing more is to be had', first(4, 'close'), [GONE], 'truncated', 1],
    ['where the URL is unknown', first(4), [statusReply(404)], 'network', 1],
    ['where a login page is in the way', first(4), [htmlReply()], 'network', 1],
    ['where no URL was named', events(1, 4, 'break'), [events(5, 7)], 'network', 0],
  ]
  it.each(cases)('%s', async (_name, reply, rest, failure, tries) => {
    const { run, clock, asked, records } = begin(reply, rest)
    await clock.advance(1_000)
    expect(run.text).toBe('template for x')
    expect(run.state).toMatchObject({ outcome: 'degraded', failure, moment: 'replaced' })
    expect(records[0]?.attempts[0]).toMatchObject({ failure, status: 200 })
    expect(asked().filter((request) => request.startsWith('GET'))).toHaveLength(tries)
    expect(asked().filter((request) => request.startsWith('POST'))).toHaveLength(1)
  })

  it('where the events have no ids, because nobody could tell what was read', async () => {
    const named = { evenkeel: 'resume="/resume/1"' }
    const { run, clock, asked } = begin(
      chunksReply(CHUNKS.slice(0, 4), { everyMs: 10, ending: 'break', headers: named }),
      [events(1, 7)],
    )
    await clock.advance(1_000)
    expect(run.state.failure).toBe('network')
    expect(asked()).toHaveLength(1)
  })

  it('where the first request was never answered', async () => {
    const { run, clock, asked } = begin(unreachable(), [events(1, 7)])
    await clock.advance(1_000)
    expect(run.state.failure).toBe('network')
    expect(asked()).toHaveLength(1)
  })

  it('where the answer said itself that it failed', async () => {
    const reply = first(4)
    const failed = {
      ...reply,
      body: [
        ...(reply.body ?? []),
        { afterMs: 5, text: 'id: 5\ndata: {"type":"error","errorText":"no"}\n\n' },
      ],
    }
    const { run, clock, asked } = begin(failed, [events(5, 7)])
    await clock.advance(1_000)
    expect(run.state.failure).toBe('provider')
    expect(asked()).toHaveLength(1)
  })
})

describe('a whole answer', () => {
  it('is not asked for again', async () => {
    const { run, clock, asked } = begin(first(7, 'close'), [GONE])
    await clock.advance(1_000)
    expect(run.state.outcome).toBe('answered')
    expect(asked()).toEqual([`POST ${A}`])
  })

  it('is not asked for again where the connection breaks after its end', async () => {
    const reply = first(7)
    const done = {
      ...reply,
      body: [
        ...(reply.body ?? []),
        { afterMs: 0, text: 'id: 8\ndata: [DONE]\n\n' },
        { afterMs: 5, text: ': bye' },
      ],
    }
    const { run, clock, asked } = begin(done, [GONE])
    await clock.advance(1_000)
    expect(run.state.outcome).toBe('answered')
    expect(asked()).toEqual([`POST ${A}`])
  })
})

describe('tries', () => {
  it('come at growing distances, each at least half of its delay, five of them', async () => {
    const { clock, server, run } = begin(first(4), [unreachable()])
    await clock.advance(14_000)
    const times = server.requests.slice(1).map(({ atMs }) => atMs)
    const delays = times.map((atMs, index) => atMs - (times[index - 1] ?? 40))
    expect(delays).toHaveLength(5)
    for (const [index, delay] of delays.entries()) {
      const longest = 250 * 2 ** index
      expect(delay).toBeGreaterThanOrEqual(longest / 2)
      expect(delay).toBeLessThanOrEqual(longest)
    }
    expect(run.state).toMatchObject({ failure: 'network', outcome: 'degraded' })
    expect(clock.pendingTimers).toBe(0)
  })

  it('differ from browser to browser', async () => {
    const atMs = async (byte: number) => {
      const randomBytes = (length: number) => new Uint8Array(length).fill(byte)
      const { clock, server } = begin(first(4), [GONE], { randomBytes })
      await clock.advance(1_000)
      return server.requests[1]?.atMs
    }
    expect([await atMs(1), await atMs(128), await atMs(255)]).toEqual([
      expect.closeTo(40 + 125, -0.5),
      40 + 187.5,
      expect.closeTo(40 + 250, -0.5),
    ])
  })

  it.each([
    ['a server that is busy', 503],
    ['a server that asks for patience', 429],
  ])('go on for %s', async (_name, status) => {
    const { run, clock } = begin(first(4), [statusReply(status), unreachable(), events(5, 7)])
    await clock.advance(3_000)
    expect([run.text, run.state.outcome]).toEqual([WHOLE, 'answered'])
  })

  it('end where connections come and bring nothing', async () => {
    const { run, clock, asked } = begin(first(4), [events(1, 4, 'break')])
    await clock.advance(14_000)
    expect(asked()).toHaveLength(6)
    expect(run.state.failure).toBe('network')
  })

  it('end when the budget is spent', async () => {
    const feature = featureForTests({ budget: { giveUpMs: 900 } })
    const { engine, server, clock } = createTestEngine()
    server.on(A, first(4))
    server.on(RESUME, unreachable())
    const run = engine.createRun(feature)
    void run.start('x')
    await clock.advance(20_000)
    expect(run.state).toMatchObject({ failure: 'timeout.complete', outcome: 'degraded' })
    expect(Math.max(...server.requests.map(({ atMs }) => atMs))).toBeLessThanOrEqual(900)
    expect(clock.pendingTimers).toBe(0)
  })
})

describe('where an answer may be fetched from', () => {
  it.each([
    ['another origin', 'https://other.example/1'],
    ['no URL at all', 'https://'],
    ['a script', 'javascript:alert(1)'],
  ])('is not %s', async (_name, url) => {
    const { run, clock, asked } = begin(first(4, 'break', url))
    await clock.advance(1_000)
    expect(asked()).toHaveLength(1)
    expect(run.state.failure).toBe('network')
  })

  it('is an origin that the app listed, which is told nothing of who asks', async () => {
    const url = 'https://stream.example/1'
    const { engine, server, clock } = createTestEngine({ propagateTo: ['https://stream.example'] })
    server.on(A, first(4, 'break', url))
    server.on(url, events(5, 7))
    const run = engine.createRun(
      featureForTests({
        ladder: [
          { step: 'model', url: A, request: () => ({ headers: { authorization: 'secret' }, body: 1 }) },
          TEMPLATE,
          OMIT,
        ],
      }),
    )
    void run.start('x')
    await clock.advance(1_000)
    expect(run.text).toBe(WHOLE)
    const headers = server.requests[1]?.headers
    expect(headers?.get('last-event-id')).toBe('4')
    for (const name of ['authorization', 'traceparent', 'evenkeel-attempt'])
      expect(headers?.get(name)).toBeNull()
  })

  it('is told who asks where it is the origin that was asked', async () => {
    const { engine, server, clock } = createTestEngine()
    server.on(A, first(4))
    server.on(RESUME, events(5, 7))
    const step = {
      step: 'model',
      url: A,
      request: () => ({ headers: { authorization: 'me' }, body: 1 }),
    } as const
    void engine.createRun(featureForTests({ ladder: [step, TEMPLATE, OMIT] })).start('x')
    await clock.advance(1_000)
    expect(server.requests[1]?.headers.get('authorization')).toBe('me')
  })
})

describe('whoever wants no more', () => {
  it('says so to the server, which would go on for somebody who comes back', async () => {
    const { run, clock, asked, server } = begin(first(3, 'hang'), [GONE])
    await clock.advance(100)
    run.stop()
    await clock.advance(1_000)
    expect(asked()).toEqual([`POST ${A}`, `DELETE ${RESUME}`])
    expect(server.requests[0]?.isAborted).toBe(true)
    expect(run.state.outcome).toBe('stopped')
  })

  it('resumes no more, whether it waits for a try or for an answer', async () => {
    for (const waitMs of [60, 400]) {
      const { run, clock, asked } = begin(first(4), [{ ...events(5, 7), headAfterMs: 5_000 }])
      await clock.advance(waitMs)
      run.leave()
      const before = asked().filter((request) => request.startsWith('GET')).length
      await clock.advance(10_000)
      expect(asked().filter((request) => request.startsWith('GET'))).toHaveLength(before)
      expect(run.state.outcome).toBe('abandoned')
      expect(run.text).toBe('One two ')
      expect(clock.pendingTimers).toBe(0)
    }
  })

  it('says nothing after the end', async () => {
    const { run, clock, asked } = begin(first(7, 'close'), [GONE])
    await clock.advance(1_000)
    run.leave()
    await clock.advance(1_000)
    expect(asked()).toEqual([`POST ${A}`])
  })

  it('deletes nothing that only the stream named, because others may write into it', async () => {
    const said = 'event: evenkeel\ndata: {"resume":"/account"}\n\n'
    const reply = events(1, 4, 'hang')
    const { run, clock, asked } = begin({
      ...reply,
      body: [{ afterMs: 0, text: said }, ...(reply.body ?? [])],
    })
    await clock.advance(100)
    run.stop()
    await clock.advance(1_000)
    expect(asked()).toEqual([`POST ${A}`])
  })
})
