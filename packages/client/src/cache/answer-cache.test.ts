import { NO_TRIPLE, type RunRecord, type Triple } from '@evenkeel/shared'
import { runRecords } from '@evenkeel/shared/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnswerCache, type Question, type Recalled } from './answer-cache.ts'
import type { CacheOptions, Purge } from './cache-options.ts'
import type { AnswerStore } from './kept-answer.ts'
import { createMemoryAnswers } from './memory-answers.ts'

interface Ticket {
  readonly subject: string
}

const FEATURE = { id: 'draft-reply' }
const HOUR = 3_600_000
const [anyRecord] = fc.sample(runRecords, { numRuns: 1, seed: 1 })

function prompt(version: string): Triple {
  return { ...NO_TRIPLE, prompt: { name: 'draft', version, hash: null }, responseModel: 'm-1' }
}

function recordOf(over: Partial<RunRecord> = {}): RunRecord {
  if (anyRecord === undefined) throw new Error('no record')
  const { attempts: _attempts, ...run } = anyRecord
  return {
    ...run,
    feature: FEATURE.id,
    outcome: 'answered',
    synthetic: false,
    triple: prompt('1'),
    attempts: [
      {
        spanId: '00000000000000a1',
        step: 'model',
        tier: 'primary',
        domain: '/api',
        hedge: false,
        startedMs: 0,
        endedMs: 1,
        firstTokenMs: 1,
        failure: null,
        detail: null,
        status: 200,
        protocol: 'ai-sdk',
        verified: true,
        unknownEvents: 0,
        resumes: 0,
        finishReason: 'stop',
        requestModel: null,
        responseModel: null,
        usage: { inputTokens: null, outputTokens: null },
        stages: {},
      },
    ],
    ...over,
  }
}

const textOf = (text: string) => ({ entries: [{ type: 'text' }], text: { readFrom: () => text } })
const ask = (subject: string): Question<Ticket> => ({ feature: FEATURE, input: { subject } })

/** A cache of one page in a world whose time and controls a test sets. */
function openCache(options: CacheOptions = {}, scope: { tenant: string | null; user: string | null } = ANNA) {
  const timers: (() => void)[] = []
  const purges: Purge[] = []
  const bugs: unknown[] = []
  const killed = new Set<string>()
  const purgedAt = new Map<string, { readonly purgedAtEpochMs: number }>()
  let listener = () => {}
  let nowMs = 1_000_000
  const cache = createAnswerCache(
    { onPurge: (purge) => purges.push(purge), ...options },
    {
      scope,
      epochMs: () => nowMs,
      setTimeout(callback) {
        timers.push(callback)
        return () => {}
      },
      controlsOf: (id) => ({ purge: killed.has(id), ...purgedAt.get(id) }),
      onLevels(told) {
        listener = told
        return () => {
          listener = () => {}
        }
      },
      reportBug: (_where, error) => bugs.push(error),
    },
  )
  return {
    cache,
    purges,
    bugs,
    timers,
    async keep(subject: string, text: string, over: Partial<RunRecord> = {}) {
      cache.keep(ask(subject), recordOf(over), textOf(text))
      await cache.idle()
    },
    wait(ms: number) {
      nowMs += ms
    },
    /** The feature is on, and what it said until now was bad. */
    async lift(id: string) {
      killed.delete(id)
      purgedAt.set(id, { purgedAtEpochMs: nowMs })
      listener()
      await cache.idle()
    },
    async kill(id: string, isKilled = true) {
      if (isKilled) killed.add(id)
      else killed.delete(id)
      listener()
      await cache.idle()
    },
  }
}

const ANNA = { tenant: 'acme', user: 'anna' }
const BERT = { tenant: 'acme', user: 'bert' }

const textIn = (found: Recalled | string) => (typeof found === 'string' ? null : found.text)

describe('the answer cache', () => {
  it('gives a kept answer to the same input again, with its age and who made it', async () => {
    const { cache, keep, wait } = openCache()
    await keep('Invoice', 'Hello Anna')
    wait(90_000)
    expect(await cache.find(ask('Invoice'), HOUR)).toEqual({
      text: 'Hello Anna',
      ageMs: 90_000,
      triple: prompt('1'),
    })
    expect(await cache.find(ask(' Invoice\n'), HOUR)).toMatchObject({ text: 'Hello Anna' })
    expect(await cache.find(ask('Other'), HOUR)).toBe('nothing kept')
  })

  it('gives the newest of several answers', async () => {
    const { cache, keep, wait } = openCache()
    await keep('Invoice', 'old')
    wait(10)
    await keep('Invoice', 'new')
    expect(await cache.find(ask('Invoice'), HOUR)).toEqual({ text: 'new', ageMs: 0, triple: prompt('1') })
  })

  it('gives nothing that is older than the step allows, or that was made in the future', async () => {
    const { cache, keep, wait } = openCache()
    await keep('Invoice', 'Hello')
    wait(HOUR)
    expect(await cache.find(ask('Invoice'), HOUR)).toMatchObject({ ageMs: HOUR })
    wait(1)
    expect(await cache.find(ask('Invoice'), HOUR)).toBe('what is kept is too old')
    wait(-HOUR - 2)
    expect(await cache.find(ask('Invoice'), HOUR)).toBe('what is kept is too old')
  })

  it('tells features, entities and turns of a conversation apart', async () => {
    const { cache } = openCache()
    const keyed = { id: FEATURE.id, cacheKey: ({ subject }: Ticket) => subject.slice(0, 1) }
    const own: Question<Ticket> = { ...ask('Invoice'), feature: keyed, conversationId: 'c', turn: 0 }
    cache.keep(own, recordOf(), textOf('Hello'))
    expect(textIn(await cache.find(own, HOUR))).toBe('Hello')
    const others: Question<Ticket>[] = [
      { ...own, feature: { ...keyed, id: 'summary' } },
      { ...own, feature: { ...keyed, cacheKey: () => 'another' } },
      { ...own, feature: FEATURE },
      { ...own, conversationId: 'd' },
      { ...own, turn: 1 },
    ]
    for (const other of others) expect(await cache.find(other, HOUR)).toBe('nothing kept')
  })

  it('keeps nothing of an input that has no text of its own', async () => {
    const { cache } = openCache()
    const question = { feature: FEATURE, input: { tags: new Set(['a']) } }
    cache.keep(question, recordOf(), textOf('Hello'))
    expect(await cache.find(question, HOUR)).toBe('the input has no text of its own')
  })

  it('goes on where the feature cannot say its key, and the team hears of it', async () => {
    const { cache, bugs } = openCache()
    const feature = {
      id: FEATURE.id,
      cacheKey: () => {
        throw new Error('no id')
      },
    }
    expect(await cache.find({ feature, input: {} }, HOUR)).toBe('nothing kept')
    expect(bugs).toHaveLength(1)
  })

  it('keeps no word of the input, nor who asked', async () => {
    const store = createMemoryAnswers()
    const { keep } = openCache({ store })
    await keep('a very private matter', 'Hello')
    const told = JSON.stringify(await store.entries())
    expect(told).toContain('Hello')
    for (const secret of ['private', 'anna', 'acme']) expect(told).not.toContain(secret)
  })
})

describe('of what a run gave', () => {
  const [whole] = recordOf().attempts
  it.each<[string, Partial<RunRecord>]>([
    ['a partial answer', { outcome: 'incomplete' }],
    ['an omitted one', { outcome: 'omitted' }],
    ['one that the user stopped', { outcome: 'stopped' }],
    ['one that was left', { outcome: 'abandoned' }],
    ['one of a feature that was off', { outcome: 'disabled' }],
    ['one of a rehearsal', { synthetic: true }],
    ['a refusal', { outcome: 'degraded', attempts: whole ? [{ ...whole, failure: 'refusal' }] : [] }],
    ['a template', { outcome: 'degraded', attempts: whole ? [{ ...whole, step: 'template' }] : [] }],
    ['a kept one', { outcome: 'degraded', attempts: whole ? [{ ...whole, step: 'cache' }] : [] }],
    ['one whose end nobody can tell', { attempts: whole ? [{ ...whole, verified: false }] : [] }],
    ['one that was cut for its length', { attempts: whole ? [{ ...whole, finishReason: 'length' }] : [] }],
    ['one cut by Anthropic', { attempts: whole ? [{ ...whole, finishReason: 'max_tokens' }] : [] }],
    ['one cut by OpenAI', { attempts: whole ? [{ ...whole, finishReason: 'max_output_tokens' }] : [] }],
  ])('%s is not kept', async (_what, over) => {
    const { cache, keep } = openCache()
    await keep('Invoice', 'Hello', over)
    expect(await cache.find(ask('Invoice'), HOUR)).toBe('nothing kept')
  })

  it('a whole answer of a lower tier is kept', async () => {
    const { cache, keep } = openCache()
    const failed = whole && { ...whole, failure: 'http.server' as const }
    await keep('Invoice', 'Hello', {
      outcome: 'degraded',
      attempts: failed && whole ? [failed, { ...whole, tier: 'fast' }] : [],
    })
    expect(textIn(await cache.find(ask('Invoice'), HOUR))).toBe('Hello')
  })

  it('an answer that did something in the page is not kept, one that a server tool helped with is', async () => {
    const { cache } = openCache()
    const feature = { id: FEATURE.id, tools: { openTicket: () => {} } }
    const keep = (subject: string, tool: string) =>
      cache.keep({ feature, input: { subject } }, recordOf(), {
        ...textOf('Hello'),
        entries: [{ type: 'tool', name: tool }],
      })
    keep('a', 'openTicket')
    keep('b', 'search')
    expect(await cache.find(ask('a'), HOUR)).toBe('nothing kept')
    expect(textIn(await cache.find(ask('b'), HOUR))).toBe('Hello')
  })
})

describe('of several prompt versions', () => {
  it('only answers of the one that the server named last are given', async () => {
    const { cache, keep } = openCache()
    await keep('Invoice', 'by one')
    await keep('Refund', 'by two', { triple: prompt('2') })
    expect(await cache.find(ask('Invoice'), HOUR)).toBe('nothing kept')
    expect(textIn(await cache.find(ask('Refund'), HOUR))).toBe('by two')
  })

  it('a version that is named with a failure is in force too, and one that was rolled back to is found again', async () => {
    const { cache, keep } = openCache()
    await keep('Invoice', 'by one')
    cache.name(FEATURE.id, prompt('2').prompt)
    expect(await cache.find(ask('Invoice'), HOUR)).toBe('nothing kept')
    cache.name(FEATURE.id, null)
    expect(await cache.find(ask('Invoice'), HOUR)).toBe('nothing kept')
    cache.name(FEATURE.id, prompt('1').prompt)
    expect(textIn(await cache.find(ask('Invoice'), HOUR))).toBe('by one')
  })

  it('a page that has heard of none goes by the newest answer that is kept', async () => {
    const store = createMemoryAnswers()
    const before = openCache({ store })
    await before.keep('Refund', 'by two', { triple: prompt('2') })
    before.wait(10)
    await before.keep('Invoice', 'by one')
    const { cache, wait } = openCache({ store })
    wait(10)
    expect(textIn(await cache.find(ask('Invoice'), HOUR))).toBe('by one')
    expect(await cache.find(ask('Refund'), HOUR)).toBe('nothing kept')
  })

  it('a server that names none is one version', async () => {
    const { cache, keep } = openCache()
    await keep('Invoice', 'Hello', { triple: NO_TRIPLE })
    expect(textIn(await cache.find(ask('Invoice'), HOUR))).toBe('Hello')
  })
})

describe('scopes', () => {
  it('never meet, and what another user left is purged and counted', async () => {
    const store = createMemoryAnswers()
    const anna = openCache({ store })
    await anna.keep('Invoice', 'for Anna')
    await anna.keep('Refund', 'for Anna')
    const bert = openCache({ store }, BERT)
    expect(await bert.cache.find(ask('Invoice'), HOUR)).toBe('nothing kept')
    expect(bert.purges).toEqual([{ reason: 'scope', answers: 2 }])
    expect(await store.entries()).toEqual([])
  })

  it('that are the same purge nothing', async () => {
    const store = createMemoryAnswers()
    await openCache({ store }).keep('Invoice', 'for Anna')
    const again = openCache({ store })
    expect(textIn(await again.cache.find(ask('Invoice'), HOUR))).toBe('for Anna')
    expect(again.purges).toEqual([])
  })

  it('without a user keep nothing past the page', async () => {
    const store = { ...createMemoryAnswers(), outlivesPage: true }
    const { cache, keep } = openCache({ store }, { tenant: 'acme', user: null })
    await keep('Invoice', 'Hello')
    expect(await cache.find(ask('Invoice'), HOUR)).toBe('nothing is kept without a user')
    expect(await store.entries()).toEqual([])
  })

  it('get no answer of another one, whatever was kept in which order', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            tenant: fc.constantFrom(null, 'a', 'b', 'a","b'),
            user: fc.constantFrom('x', 'y', 'b","x'),
            subject: fc.constantFrom('s', 't'),
          }),
          { minLength: 1, maxLength: 12 },
        ),
        async (steps) => {
          const store = createMemoryAnswers()
          // All at once, as tabs with different users are: none of them purges the others by being opened.
          const caches = new Map<string, ReturnType<typeof openCache>>()
          for (const { tenant, user } of steps) {
            const id = JSON.stringify([tenant, user])
            if (!caches.has(id)) caches.set(id, openCache({ store }, { tenant, user }))
          }
          for (const { tenant, user, subject } of steps) {
            const id = JSON.stringify([tenant, user])
            await caches.get(id)?.keep(subject, `${id} ${subject}`)
          }
          for (const [id, { cache }] of caches) {
            for (const subject of ['s', 't']) {
              const text = textIn(await cache.find(ask(subject), HOUR))
              if (text !== null) expect(text).toBe(`${id} ${subject}`)
            }
          }
        },
      ),
    ))
})

describe('a feature that is switched off for what it said', () => {
  it('has its answers purged and counted at once, and those of others stay', async () => {
    const store = createMemoryAnswers()
    const { cache, keep, kill, purges } = openCache({ store })
    await keep('Invoice', 'bad')
    const other: Question<Ticket> = { ...ask('Invoice'), feature: { id: 'summary' } }
    cache.keep(other, recordOf({ feature: 'summary' }), textOf('good'))
    await cache.idle()
    await kill(FEATURE.id)
    expect(purges).toEqual([{ reason: 'killed', answers: 1 }])
    expect(await cache.find(ask('Invoice'), HOUR)).toBe('switched off for what it said')
    expect(textIn(await cache.find(other, HOUR))).toBe('good')
    await kill(FEATURE.id, false)
    expect(await cache.find(ask('Invoice'), HOUR)).toBe('nothing kept')
  })

  it('has nothing kept while it is off, and again after', async () => {
    const { cache, keep, kill } = openCache()
    await kill(FEATURE.id)
    await keep('Invoice', 'bad')
    await kill(FEATURE.id, false)
    expect(await cache.find(ask('Invoice'), HOUR)).toBe('nothing kept')
    await keep('Invoice', 'good')
    expect(textIn(await cache.find(ask('Invoice'), HOUR))).toBe('good')
  })

  it('has what an earlier page kept purged by the page that opens while it is off', async () => {
    const store = createMemoryAnswers()
    await openCache({ store }).keep('Invoice', 'bad')
    const after = openCache({ store })
    await after.kill(FEATURE.id)
    expect(await store.entries()).toEqual([])
  })

  it('has what an earlier page kept purged by the page that finds it on again, and keeps what it says since', async () => {
    const store = createMemoryAnswers()
    await openCache({ store }).keep('Invoice', 'bad')
    const { cache, keep, wait, lift, purges } = openCache({ store })
    wait(60_000)
    await lift(FEATURE.id)
    expect(purges).toEqual([{ reason: 'killed', answers: 1 }])
    wait(1)
    await keep('Invoice', 'good')
    await lift('another-feature')
    expect(textIn(await cache.find(ask('Invoice'), HOUR))).toBe('good')
  })

  it('gives no answer from before, even where the store could not let go of it', async () => {
    const store = createMemoryAnswers()
    const { cache, keep, wait, lift, bugs } = openCache({
      store: { ...store, remove: () => Promise.reject(new Error('locked')) },
    })
    await keep('Invoice', 'bad')
    wait(1)
    await lift(FEATURE.id)
    expect(bugs.length).toBe(1)
    expect(await cache.find(ask('Invoice'), HOUR)).toBe('nothing kept')
  })

  it('does not get an answer kept that was on its way when the switch was thrown', async () => {
    const store = createMemoryAnswers()
    const { cache, kill } = openCache({ store })
    cache.keep(ask('Invoice'), recordOf(), textOf('bad'))
    await kill(FEATURE.id)
    expect(await store.entries()).toEqual([])
  })
})

describe('the bounds', () => {
  it('hold by count and by bytes; the oldest go', async () => {
    const store = createMemoryAnswers()
    const { keep, wait } = openCache({ store, maxEntries: 3, maxBytes: 40 })
    for (const subject of ['a', 'b', 'c', 'd']) {
      await keep(subject, '12345')
      wait(1)
    }
    expect((await store.entries()).map(({ sizeBytes }) => sizeBytes)).toEqual([10, 10, 10])
    await keep('e', '1234567890')
    expect(await store.entries()).toHaveLength(3)
    wait(1)
    await keep('f', '123456789012345')
    expect((await store.entries()).map(({ sizeBytes }) => sizeBytes)).toEqual([30])
  })

  it('let no answer in that is larger than all that may be kept', async () => {
    const store = createMemoryAnswers()
    const { keep } = openCache({ store, maxBytes: 8 })
    await keep('a', '1234')
    await keep('b', '12345')
    expect(await store.entries()).toHaveLength(1)
  })
})

describe('a store', () => {
  const broken: AnswerStore = {
    outlivesPage: false,
    read: () => Promise.reject(new Error('disk')),
    write: () => Promise.reject(new Error('disk')),
    remove: () => Promise.reject(new Error('disk')),
    entries: () => Promise.reject(new Error('disk')),
  }

  it('that fails finds nothing, keeps nothing, and the team hears of it', async () => {
    const { cache, keep, bugs } = openCache({ store: broken })
    await keep('Invoice', 'Hello')
    expect(await cache.find(ask('Invoice'), HOUR)).toBe('nothing kept')
    expect(bugs.length).toBeGreaterThan(0)
  })

  it('that says nothing is not waited for', async () => {
    const silent = { ...broken, entries: () => new Promise<never>(() => {}) }
    const { cache, timers } = openCache({ store: silent })
    const found = cache.find(ask('Invoice'), HOUR)
    expect(timers).toHaveLength(1)
    timers[0]?.()
    expect(await found).toBe('the store did not answer')
  })
})
