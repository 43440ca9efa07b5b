import { describe, expect, it } from 'vitest'
import { answerReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { createConversation } from './conversation.ts'
import { A, featureForTests, OMIT, PRIMARY } from './feature.test.kit.ts'

describe('a conversation', () => {
  it('counts its turns under one id, its own or the one of the app', () => {
    const own = createConversation()
    expect(own.id).toMatch(/^[0-9a-f]{32}$/)
    expect([own.next(), own.next()]).toEqual([
      { conversationId: own.id, turn: 0 },
      { conversationId: own.id, turn: 1 },
    ])
    expect(createConversation('thread-7', 4).next()).toEqual({ conversationId: 'thread-7', turn: 4 })
    expect(createConversation().id).not.toBe(own.id)
  })

  it('is in the records of its runs; a regenerate stays in its turn, and a run outside has none', async () => {
    const { engine, server, clock, records } = createTestEngine()
    server.on(A, answerReply(['Hello']))
    const run = engine.createRun(featureForTests({ ladder: [PRIMARY, OMIT] }))
    const conversation = createConversation('thread-7')
    for (const ask of [
      () => run.start('first', conversation.next()),
      () => run.start('second', conversation.next()),
      () => run.regenerate(),
      () => run.start('apart'),
    ]) {
      void ask()
      await clock.advance(10)
    }
    expect(records.map(({ conversationId, turn }) => [conversationId, turn])).toEqual([
      ['thread-7', 0],
      ['thread-7', 1],
      ['thread-7', 1],
      [null, null],
    ])
  })

  it('is told to `request`, which sends what was said before', async () => {
    const { engine, server, clock } = createTestEngine()
    server.on(A, answerReply(['Hello']))
    const said = ['Where is my order?']
    const run = engine.createRun(
      featureForTests({
        ladder: [
          {
            ...PRIMARY,
            request: (input, { conversationId, turn }) => ({
              body: { thread: conversationId, turn, messages: [...said, input] },
            }),
          },
          OMIT,
        ],
      }),
    )
    void run.start('And my other one?', createConversation('thread-7', 1).next())
    await clock.advance(10)
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      thread: 'thread-7',
      turn: 1,
      messages: ['Where is my order?', 'And my other one?'],
    })
  })
})
