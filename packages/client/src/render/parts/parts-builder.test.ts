import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addContent, type ContentEntry, type ContentEvent } from '../../run/content.ts'
import type { Part } from './part.ts'
import { createPartsBuilder } from './parts-builder.ts'

const text = (id: string, delta: string): ContentEvent => ({ type: 'text', id, delta })
const reasoning = (id: string, delta: string): ContentEvent => ({ type: 'reasoning', id, delta })
const tool = (id: string, more: Partial<Extract<ContentEvent, { type: 'tool' }>>): ContentEvent => ({
  type: 'tool',
  id,
  name: null,
  state: 'input-streaming',
  ...more,
})
const data = (id: string | null, value: unknown, transient = false): ContentEvent => ({
  type: 'data',
  name: 'status',
  id,
  data: value,
  transient,
})
const source = (id: string): ContentEvent => ({
  type: 'source',
  id,
  url: `https://${id}`,
  title: null,
  mediaType: null,
})

function entriesOf(events: readonly ContentEvent[]): ContentEntry[] {
  const entries: ContentEntry[] = []
  for (const event of events) addContent(entries, event)
  return entries
}

const partsOf = (events: readonly ContentEvent[], withText = true) =>
  createPartsBuilder(withText).read(entriesOf(events))

/** Reads after each event, as if a frame fell between any two. */
function readEach(events: readonly ContentEvent[]): (readonly Part[])[] {
  const entries: ContentEntry[] = []
  const builder = createPartsBuilder(true)
  return events.map((event) => {
    addContent(entries, event)
    return builder.read(entries)
  })
}

describe('parts of an answer', () => {
  it('stand in the order in which they began, each in one piece', () => {
    expect(
      partsOf([
        reasoning('r', 'Hm, '),
        reasoning('r', 'so.'),
        text('1', 'One '),
        tool('c', { name: 'find' }),
        text('1', 'text.'),
        source('s'),
        { type: 'file', url: 'data:,x', mediaType: 'text/plain' },
      ]),
    ).toMatchObject([
      { type: 'reasoning', text: 'Hm, so.' },
      { type: 'text', text: 'One text.' },
      { type: 'tool', name: 'find' },
      { type: 'source', id: 's' },
      { type: 'file', mediaType: 'text/plain' },
    ])
  })

  it('follow a tool call through its states; the input shows as far as it has come', () => {
    const steps = readEach([
      tool('c', { name: 'find' }),
      tool('c', { inputDelta: '{"q":"lig' }),
      tool('c', { inputDelta: 'ht"' }),
      tool('c', { state: 'input-available', input: { q: 'light' } }),
      tool('c', { state: 'output-available', output: 'half', preliminary: true }),
      tool('c', { state: 'output-available', output: 'whole' }),
    ]).map(([part]) => part)
    expect(steps).toMatchObject([
      { state: 'input-streaming', input: undefined, name: 'find' },
      { state: 'input-streaming', input: { q: 'lig' } },
      { state: 'input-streaming', input: { q: 'light' } },
      { state: 'input-available', input: { q: 'light' }, output: undefined },
      { state: 'output-available', output: 'half', isPreliminary: true },
      {
        state: 'output-available',
        output: 'whole',
        isPreliminary: false,
        input: { q: 'light' },
        name: 'find',
      },
    ])
  })

  it('keep an error, a denial and a request for approval', () => {
    const approval = tool('a', { state: 'approval-requested', approvalId: 'ok?' })
    expect(partsOf([approval])).toMatchObject([{ state: 'approval-requested', approvalId: 'ok?' }])
    expect(partsOf([approval, tool('a', { state: 'output-denied' })])).toMatchObject([
      { state: 'output-denied' },
    ])
    expect(partsOf([tool('b', { state: 'output-error', error: 'gone' })])).toMatchObject([
      { state: 'output-error', error: 'gone', isProviderExecuted: false },
    ])
  })

  it('take data of the same name and id as one part, and transient data as none', () => {
    expect(
      partsOf([data('a', 1), data('b', 2), data('a', 3), data(null, 4), data(null, 5), data('t', 6, true)]),
    ).toMatchObject([
      { id: 'a', data: 3 },
      { id: 'b', data: 2 },
      { id: null, data: 4 },
      { id: null, data: 5 },
    ])
  })

  it('name a source once, however often it is cited', () => {
    expect(partsOf([source('s'), text('1', 'x'), source('s'), source('t')])).toMatchObject([
      { id: 's' },
      { type: 'text' },
      { id: 't' },
    ])
  })

  it('begin a new block where a follow-up request uses an id again, and find the call that has its output', () => {
    const entries: ContentEntry[] = [
      ...entriesOf([text('0', 'Before.'), tool('c', { state: 'input-available', input: 1 })]),
      ...entriesOf([tool('c', { state: 'output-available', output: 2 })]),
      { type: 'round' },
      ...entriesOf([text('0', 'After.')]),
    ]
    expect(createPartsBuilder(true).read(entries)).toMatchObject([
      { text: 'Before.' },
      { type: 'tool', input: 1, output: 2 },
      { text: 'After.' },
    ])
  })

  it('leave out the JSON of a structured answer', () => {
    expect(partsOf([reasoning('r', 'Hm'), text('1', '{"a":1}')], false)).toMatchObject([
      { type: 'reasoning' },
    ])
  })

  it('leave out what is empty', () => {
    expect(partsOf([text('1', ''), reasoning('r', '')])).toEqual([])
  })
})

const ids = fc.constantFrom('1', '2', '3')
const events: fc.Arbitrary<ContentEvent[]> = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constantFrom('text' as const, 'reasoning' as const),
      id: ids,
      delta: fc.string({ maxLength: 3 }),
    }),
    fc
      .tuple(ids, fc.constantFrom('{"a":', '1,', '"b":"x', '"}'))
      .map(([id, inputDelta]) => tool(id, { inputDelta })),
    ids.map((id) => tool(id, { state: 'output-available', output: id })),
    ids.map(source),
    fc
      .tuple(fc.option(ids), fc.nat(3), fc.boolean())
      .map(([id, value, transient]) => data(id, value, transient)),
  ),
  { maxLength: 30 },
)

describe('any answer', () => {
  it('has the same parts however often they were read on the way', () => {
    fc.assert(
      fc.property(events, (all) => {
        fc.pre(all.length > 0)
        expect(readEach(all).at(-1)).toEqual(partsOf(all))
      }),
    )
  })

  it('has parts with keys that are unique and stay', () => {
    fc.assert(
      fc.property(events, (all) => {
        let before: readonly Part[] = []
        for (const parts of readEach(all)) {
          expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length)
          expect(parts.slice(0, before.length).map(({ key, type }) => [key, type])).toEqual(
            before.map(({ key, type }) => [key, type]),
          )
          before = parts
        }
      }),
    )
  })

  it('changes one part at most with one event, and the list only when a part has changed', () => {
    fc.assert(
      fc.property(events, (all) => {
        let before: readonly Part[] = []
        for (const parts of readEach(all)) {
          const changed = parts.filter((part, place) => part !== before[place])
          expect(changed.length).toBeLessThanOrEqual(1)
          if (before.length > 0) expect(parts === before).toBe(changed.length === 0)
          before = parts
        }
      }),
    )
  })

  it('never changes a list or a part that was handed out', () => {
    fc.assert(
      fc.property(events, (all) => {
        const entries: ContentEntry[] = []
        const builder = createPartsBuilder(true)
        const seen = all.map((event) => {
          addContent(entries, event)
          const parts = builder.read(entries)
          return { parts, as: JSON.stringify(parts) }
        })
        for (const { parts, as } of seen) expect(JSON.stringify(parts)).toBe(as)
      }),
    )
  })
})
