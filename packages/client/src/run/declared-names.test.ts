import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { z as mini } from 'zod/mini'
import { declaredNames } from './declared-names.ts'

const namesOf = (schema: Parameters<typeof declaredNames>[0]) => [...declaredNames(schema)].sort()

describe('declaredNames', () => {
  it.each([
    ['an object', z.object({ title: z.string(), body: z.string() }), ['body', 'title']],
    ['objects in it', z.object({ a: z.object({ b: z.object({ c: z.number() }) }) }), ['a', 'b', 'c']],
    ['lists', z.array(z.object({ name: z.string() })), ['name']],
    ['a choice', z.union([z.object({ yes: z.string() }), z.object({ no: z.string() })]), ['no', 'yes']],
    ['a record', z.object({ by: z.record(z.string(), z.object({ age: z.number() })) }), ['age', 'by']],
    ['what is read before it is changed', z.object({ at: z.string().transform(Number) }), ['at']],
    ['keys as long as more may come', z.looseObject({ known: z.string() }), ['known']],
  ])('finds the names in %s', (_what, schema, names) => {
    expect(namesOf(schema)).toEqual(names)
  })

  it('finds them in a schema that is made of itself', () => {
    const node = z.object({
      label: z.string(),
      get children() {
        return z.array(node)
      },
    })
    expect(namesOf(node)).toEqual(['children', 'label'])
  })

  it('takes no key of a record for a name, whatever pattern it must have', () => {
    expect(namesOf(z.record(z.string().regex(/^[a-z]+$/), z.number()))).toEqual([])
  })

  it.each([
    ['cannot describe itself', mini.object({ title: mini.string() })],
    ['has a type that JSON has not', z.object({ at: z.date() })],
    ['is of another make', { '~standard': { version: 1, vendor: 'test' } }],
    ['describes itself by nothing', { '~standard': { jsonSchema: { input: () => undefined } } }],
    [
      'describes itself by nonsense',
      { '~standard': { jsonSchema: { input: () => ({ properties: null }) } } },
    ],
  ])('finds none where the schema %s', (_what, schema) => {
    expect(namesOf(schema)).toEqual([])
  })
})
