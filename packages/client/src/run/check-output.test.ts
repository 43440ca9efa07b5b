import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkOutput, describePlaces, type Schema, type Verdict } from './check-output.ts'

const TICKET = z.object({ title: z.string(), tags: z.array(z.string()) })

function verdictOf<Output>(schema: Schema<Output>, text: string): Verdict<Output> | null {
  let verdict: Verdict<Output> | null = null
  checkOutput(schema, text, (given) => {
    verdict = given
  })
  return verdict
}

describe('checkOutput', () => {
  it('gives what the schema makes of the JSON, before it returns', () => {
    const schema = z.object({ count: z.string().transform(Number) })
    expect(verdictOf(schema, '{"count":"3"}')).toEqual({ kind: 'passed', output: { count: 3 } })
  })

  it('names the paths that are wrong, each once and without values', () => {
    expect(verdictOf(TICKET, '{"title":1,"tags":["a",2,3]}')).toEqual({
      kind: 'violated',
      paths: ['title', 'tags.1', 'tags.2'],
      places: ['title', 'tags.*'],
    })
  })

  it('says of a key that the model made no more than that there was one', () => {
    const schema = z.object({ people: z.record(z.string(), z.object({ age: z.number() })) })
    expect(verdictOf(schema, '{"people":{"Ada":{"age":"old"},"Grace":{"age":"wise"}}}')).toEqual({
      kind: 'violated',
      paths: ['people.Ada.age', 'people.Grace.age'],
      places: ['people.*.age'],
    })
  })

  it.each(['', '{"title":', 'Hello'])('finds the whole answer wrong where it is no JSON: %j', (text) => {
    expect(verdictOf(TICKET, text)).toEqual({ kind: 'violated', paths: ['$'], places: ['$'] })
  })

  it('finds the whole answer wrong where it is of another kind', () => {
    expect(verdictOf(TICKET, 'null')).toEqual({ kind: 'violated', paths: ['$'], places: ['$'] })
  })

  it('waits for a schema that is asynchronous', async () => {
    const schema = z.string().refine(async (text) => text === 'yes')
    const verdict = await new Promise((done) => checkOutput(schema, '"yes"', done))
    expect(verdict).toEqual({ kind: 'passed', output: 'yes' })
  })

  const throwing = (validate: () => never | Promise<never>): Schema<string> => ({
    '~standard': { version: 1, vendor: 'test', validate },
  })

  it('tells that a schema threw, now or later', async () => {
    const error = new Error('broken')
    const now = throwing(() => {
      throw error
    })
    expect(verdictOf(now, '1')).toEqual({ kind: 'threw', error })
    const later = throwing(() => Promise.reject(error))
    expect(await new Promise((done) => checkOutput(later, '1', done))).toEqual({ kind: 'threw', error })
  })

  it('reads paths given as objects, as the standard allows', () => {
    const schema: Schema<string> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: () => ({ issues: [{ message: 'no', path: [{ key: 'items' }, { key: 0 }] }] }),
      },
    }
    expect(verdictOf(schema, '1')).toEqual({ kind: 'violated', paths: ['items.0'], places: ['*.*'] })
  })
})

describe('describePlaces', () => {
  it('tells the first places of an answer that is wrong everywhere', () => {
    const paths = Array.from({ length: 20 }, (_, index) => `p${index}`)
    expect(describePlaces(paths)).toBe('wrong at p0, p1, p2, p3, p4, p5, p6, p7')
  })
})
