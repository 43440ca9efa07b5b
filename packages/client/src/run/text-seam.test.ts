import { describe, expect, it } from 'vitest'
import { answerReply, chunksReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { A, featureForTests, OMIT, PRIMARY } from './feature.test.kit.ts'
import { seamBetween } from './text-seam.ts'

describe('the seam between two blocks of text', () => {
  it.each([
    ['a tool stood between', 'Let me look.', 'Found it.', true, '\n\n'],
    ['a tool stood between, and a line ended', 'Let me look.\n', 'Found it.', true, '\n'],
    ['a tool stood between, and a paragraph ended', 'Let me look.\n\n', 'Found it.', true, ''],
    ['a tool stood between, and the next begins with a line end', 'Let me look.', '\n\nFound', true, ''],
    ['a tool stood between, and the sentence went on', 'Let me ', 'look', true, '\n\n'],
    ['two paragraphs', 'One.', 'Two.', false, '\n\n'],
    ['one sentence, cut at a citation', 'Shannon was born ', 'in 1916', false, ''],
    ['one sentence, cut before a blank', 'Shannon was born', ' in 1916', false, ''],
    ['one sentence, cut before its full stop', 'in 1916', '. He', false, ''],
  ])('%s', (_, before, after, isApart, seam) => {
    expect(seamBetween(before, after, isApart)).toBe(seam)
  })
})

const text = (id: string, delta: string) => ({ type: 'text-delta', id, delta })
const FINISH = { type: 'finish', finishReason: 'stop' }

async function read(chunks: readonly object[]) {
  const { engine, server, clock, records } = createTestEngine()
  server.on(A, chunksReply([{ type: 'start' }, ...chunks, FINISH]))
  const run = engine.createRun(featureForTests({ ladder: [PRIMARY, OMIT] }))
  void run.start('x')
  await clock.advance(10)
  return { run, record: records[0] }
}

describe("a run's text", () => {
  it('has a blank line where the model called a tool in between', async () => {
    const { run, record } = await read([
      text('1', 'Let me '),
      text('1', 'look.'),
      { type: 'tool-input-available', toolCallId: 'c', toolName: 'find', input: {}, providerExecuted: true },
      { type: 'tool-output-available', toolCallId: 'c', output: 1, providerExecuted: true },
      text('2', 'Found '),
      text('2', 'it.'),
    ])
    expect(run.text).toBe('Let me look.\n\nFound it.')
    expect(record?.answerLength).toBe(run.text.length)
  })

  it('is one text where blocks are cut at their citations', async () => {
    const { run } = await read([
      text('1', 'It was built '),
      text('2', 'in 1889'),
      { type: 'source-url', sourceId: 's', url: 'https://example.com/tower' },
      text('3', '.'),
    ])
    expect(run.text).toBe('It was built in 1889.')
  })

  it('never shows reasoning', async () => {
    const { run } = await read([
      { type: 'reasoning-delta', id: 'r', delta: 'Hm.' },
      text('1', 'Yes.'),
      { type: 'reasoning-delta', id: 'r2', delta: 'Or?' },
    ])
    expect(run.text).toBe('Yes.')
  })

  it('goes on in one block however often something comes between its pieces', async () => {
    const { run } = await read([
      text('1', 'One '),
      { type: 'data-progress', data: 1 },
      text('1', 'sentence'),
      { type: 'data-progress', data: 2 },
      text('1', '.'),
    ])
    expect(run.text).toBe('One sentence.')
  })
})

describe('what a server takes back', () => {
  const STEP = { type: 'start-step' }
  const RESET = { type: 'reset-step' }

  it('is not in the answer; what was read stays until the new one is complete', async () => {
    const { engine, server, clock } = createTestEngine()
    server.on(
      A,
      chunksReply(
        [
          STEP,
          { type: 'text-start', id: '1' },
          text('1', 'Wrong'),
          RESET,
          { type: 'text-start', id: '2' },
          text('2', 'Right'),
          FINISH,
        ],
        { everyMs: 10 },
      ),
    )
    const run = engine.createRun(featureForTests({ ladder: [PRIMARY, OMIT] }))
    void run.start('x')
    await clock.advance(60)
    expect(run.text).toBe('Wrong')
    await clock.advance(100)
    expect(run.text).toBe('Right')
    expect(run.state).toMatchObject({ outcome: 'answered', moment: 'replaced' })
  })

  it('leaves what came in the steps before', async () => {
    const { run } = await read([
      STEP,
      { type: 'text-start', id: '1' },
      text('1', 'Kept.'),
      STEP,
      { type: 'text-start', id: '2' },
      text('2', 'Dropped.'),
      RESET,
      { type: 'text-start', id: '3' },
      text('3', 'New.'),
    ])
    expect(run.text).toBe('Kept.\n\nNew.')
  })
})

describe('the first token of a structured answer', () => {
  const firstTokenOf = async (pieces: readonly string[]) => {
    const { engine, server, clock, records } = createTestEngine()
    server.on(A, answerReply(pieces, { everyMs: 10 }))
    const { z } = await import('zod')
    const run = engine.createRun(featureForTests<unknown>({ schema: z.unknown(), ladder: [PRIMARY, OMIT] }))
    void run.start('x')
    await clock.advance(500)
    expect(records[0]?.outcome).toBe('answered')
    expect(records[0]?.attempts[0]?.firstTokenMs ?? records[0]?.firstTokenMs).toBe(records[0]?.firstTokenMs)
    return records[0]?.firstTokenMs
  }

  it.each([
    ['a property', ['{', '"title"', ': ', '"A', '"}'], 40],
    ['a number', ['{"n":', ' 7', '}'], 20],
    ['an element of a list', ['[', '"', 'a', '"]'], 30],
    ['a property deep inside', ['{"a":{"b":[', '{"c":', 'true}]}}'], 30],
    ['after null and blanks', ['{"a":null,', '"b":"",', '"c":" ",', '"d":"x"}'], 40],
    ['a value alone', ['"', 'yes"'], 20],
    ['its end, where there is nothing to see', ['{', '}'], 20],
  ])('is %s', async (_, pieces, ms) => {
    expect(await firstTokenOf(pieces)).toBe(ms)
  })

  it('is no key that is still arriving', async () => {
    expect(await firstTokenOf(['{"a long key', ' that goes on', '":1}'])).toBe(30)
  })
})
