import { defineFeature, type RunRecord } from '@evenkeel/shared'
import { afterEach, describe, expect, it } from 'vitest'
import type { Purge } from '../src/cache/cache-options.ts'
import { keepInIndexedDB } from '../src/cache/indexed-db-answers.ts'
import { systemClock } from '../src/run/clock.ts'
import { createEngine, type EngineOptions } from '../src/run/engine.ts'
import { answerReply, statusReply } from '../src/testing/replies.ts'
import { createScriptedServer, type ScriptedReply } from '../src/testing/scripted-server.ts'

const URL = '/api/ai/draft-reply'
const NAME = 'kept-answers-test'

const feature = (over: { readonly ladder?: 'hedged' } = {}) =>
  defineFeature<string>({
    id: over.ladder === 'hedged' ? 'hedged' : 'draft-reply',
    interaction: 'progressive',
    idempotent: true,
    hedgeShare: 1,
    budget: { hedgeAfterMs: 50 },
    ladder:
      over.ladder === 'hedged'
        ? [{ step: 'model', url: URL }, { step: 'model', url: '/api/other', hedge: true }, { step: 'omit' }]
        : [
            { step: 'model', url: URL },
            { step: 'cache', maxAgeMs: 3_600_000 },
            { step: 'template', render: () => 'A template.' },
          ],
  })

/** A page: an engine with the parts as a browser loads them, and a server of its own. */
function openPage(replies: Readonly<Record<string, readonly ScriptedReply[]>>, options: EngineOptions = {}) {
  const server = createScriptedServer(systemClock)
  for (const [url, list] of Object.entries(replies)) server.on(url, ...list)
  const purges: Purge[] = []
  const engine = createEngine({
    telemetry: false,
    health: false,
    tenant: 'acme',
    user: 'anna',
    fetch: server.fetch,
    cache: { store: keepInIndexedDB({ name: NAME }), onPurge: (purge) => purges.push(purge) },
    ...options,
  })
  return {
    server,
    purges,
    async ask(of = feature()): Promise<readonly [text: string, record: RunRecord]> {
      const run = engine.createRun(of)
      const record = await run.start('a ticket')
      return [run.text, record]
    },
  }
}

const GOOD = answerReply(['Hello ', 'Anna'], { metadata: { prompt: 'draft@1' } })
const BAD = statusReply(503)

/** What is in the database, read without the library. */
function answersInBrowser(): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME)
    // To open one that is not there would make it.
    opening.onupgradeneeded = () => opening.transaction?.abort()
    opening.onerror = () => (opening.error?.name === 'AbortError' ? resolve([]) : reject(opening.error))
    opening.onsuccess = () => {
      const all = opening.result.transaction('answers').objectStore('answers').getAll()
      all.onsuccess = () => {
        opening.result.close()
        resolve(all.result)
      }
    }
  })
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 10))
}

afterEach(
  () =>
    new Promise((resolve) => {
      indexedDB.deleteDatabase(NAME).onsuccess = resolve
    }),
)

describe('an answer that was kept in IndexedDB', () => {
  it('is there for the page after, when the model is not', async () => {
    const before = openPage({ [URL]: [GOOD] })
    expect((await before.ask())[1].outcome).toBe('answered')
    await until(async () => (await answersInBrowser()).length === 1)
    const [text, record] = await openPage({ [URL]: [BAD] }).ask()
    expect(text).toBe('Hello Anna')
    expect(record).toMatchObject({
      outcome: 'degraded',
      triple: { prompt: { name: 'draft', version: '1' } },
    })
    expect(record.attempts.map(({ step, failure }) => [step, failure])).toEqual([
      ['model', 'http.server'],
      ['cache', null],
    ])
    expect(record.answerAgeMs).toBeGreaterThanOrEqual(0)
  })

  it('has no word of who asked what', async () => {
    await openPage({ [URL]: [GOOD] }).ask()
    await until(async () => (await answersInBrowser()).length === 1)
    const told = JSON.stringify(await answersInBrowser())
    expect(told).toContain('Hello Anna')
    for (const secret of ['a ticket', 'anna', 'acme']) expect(told).not.toContain(secret)
  })

  it('is gone for the next user at the same browser, and counted', async () => {
    await openPage({ [URL]: [GOOD] }).ask()
    await until(async () => (await answersInBrowser()).length === 1)
    const bert = openPage({ [URL]: [BAD] }, { user: 'bert' })
    expect((await bert.ask())[0]).toBe('A template.')
    expect(bert.purges).toEqual([{ reason: 'scope', answers: 1 }])
    expect(await answersInBrowser()).toEqual([])
  })

  it('is never made for a user whom nobody has named', async () => {
    const page = openPage({ [URL]: [GOOD, BAD] }, { user: null })
    await page.ask()
    expect((await page.ask())[0]).toBe('A template.')
    await keepInIndexedDB({ name: NAME }).entries()
    expect(await answersInBrowser()).toEqual([])
  })
})

describe('in a browser', () => {
  it('a late attempt is raced by what is loaded for that', async () => {
    const page = openPage({
      [URL]: [answerReply(['never'], { headAfterMs: 60_000 })],
      '/api/other': [answerReply(['Fast'])],
    })
    const [text, record] = await page.ask(feature({ ladder: 'hedged' }))
    expect(text).toBe('Fast')
    expect(record.attempts.map(({ hedge, failure }) => [hedge, failure])).toEqual([
      [false, 'aborted'],
      [true, null],
    ])
  })

  it('a feature that observes loads what says what enforcing would have done', async () => {
    const { ladder, ...rest } = feature()
    const observing = defineFeature<string>({
      ...rest,
      id: 'observing',
      mode: 'observe',
      interaction: 'synchronous',
      budget: { completeMs: 100 },
      ladder,
    })
    const page = openPage({ [URL]: [answerReply(['Late'], { everyMs: 300 })] })
    const [text, record] = await page.ask(observing)
    expect([text, record.outcome]).toEqual(['Late', 'answered'])
    expect(record.observed).toEqual({ failure: 'timeout.complete', atMs: 100, step: 'cache' })
  })
})
