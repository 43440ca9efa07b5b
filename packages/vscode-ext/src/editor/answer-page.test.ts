import { describe, expect, it } from 'vitest'
import { QUESTIONS } from '../engine/contract.ts'
import { answerPage } from './answer-page.ts'
import { createFakeSource, figuresOf, summaryOf } from './fake-source.ts'

const ask = (path: string, query: Record<string, string> = {}) =>
  ({ type: 'ask', id: 7, path, query }) as const

function source() {
  const fake = createFakeSource()
  fake.figures = [figuresOf('draft-reply')]
  fake.runsStored = [summaryOf(1), summaryOf(2, { outcome: 'degraded' })]
  return fake
}

describe("a page's question", () => {
  it('gets the answer of the source, with its id', async () => {
    const answer = await answerPage(source(), ask(QUESTIONS.features, { environment: 'production' }))
    expect(answer).toEqual({
      type: 'answer',
      id: 7,
      ok: true,
      body: { features: [figuresOf('draft-reply')] },
    })
  })

  it.each(Object.values(QUESTIONS))('of the contract is answered: %s', async (path) => {
    const fake = source()
    fake.run = async () => ({ run: {} as never, signals: [] })
    expect(await answerPage(fake, ask(path, { runId: 'a' }))).toMatchObject({ ok: true })
  })

  it.each([
    '/v1/shutdown',
    '/v1/traces',
    '/healthz',
    '',
    'toString',
    '__proto__',
    '/v1/questions/../shutdown',
  ])('outside of the contract is refused: %s', async (path) => {
    expect(await answerPage(source(), ask(path))).toMatchObject({ ok: false, status: 404, id: 7 })
  })

  it('turns the query into figures and leaves out what is none', async () => {
    const fake = source()
    await answerPage(
      fake,
      ask(QUESTIONS.runs, { feature: 'draft-reply', outcome: 'degraded', limit: '5', before: '9' }),
    )
    await answerPage(fake, ask(QUESTIONS.runs, { outcome: 'fine', limit: 'many', before: '' }))
    expect(fake.asked).toEqual([{ feature: 'draft-reply', outcome: 'degraded', limit: 5, before: 9 }, {}])
  })

  it('for a run that is not there says so', async () => {
    expect(await answerPage(source(), ask(QUESTIONS.run, { runId: 'f'.repeat(32) }))).toMatchObject({
      ok: false,
      status: 404,
      error: { error: 'This run is not in the store.' },
    })
  })

  it('before anything is attached says what will happen', async () => {
    expect(await answerPage(null, ask(QUESTIONS.environments))).toMatchObject({ ok: false, status: 503 })
  })

  it('that fails is answered with the reason and what to do', async () => {
    const fake = source()
    fake.failure = Object.assign(new Error('It went away.'), { hint: 'Start it.' })
    expect(await answerPage(fake, ask(QUESTIONS.environments))).toMatchObject({
      ok: false,
      error: { error: 'It went away.', hint: 'Start it.' },
    })
  })
})
