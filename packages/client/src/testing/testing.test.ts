import { describe, expect, it } from 'vitest'
import { answerReply, chunksReply, htmlReply, statusReply, textReply, unreachable } from './replies.ts'
import { createScriptedServer } from './scripted-server.ts'
import { createTestPage } from './test-engine.ts'
import { createVirtualClock } from './virtual-clock.ts'

describe('createVirtualClock', () => {
  it('rings in the order of time, then in the order of setting', async () => {
    const clock = createVirtualClock()
    const rung: string[] = []
    clock.setTimeout(() => rung.push('b'), 20)
    clock.setTimeout(() => rung.push('a'), 10)
    clock.setTimeout(() => rung.push('c'), 20)
    await clock.advance(30)
    expect(rung).toEqual(['a', 'b', 'c'])
    expect([clock.nowMs(), clock.epochMs() - Date.UTC(2026, 0, 1)]).toEqual([30, 30])
  })

  it('rings a timer that another one set, where it is due in the same stretch', async () => {
    const clock = createVirtualClock()
    const rung: number[] = []
    const again = () => {
      rung.push(clock.nowMs())
      if (rung.length < 5) clock.setTimeout(again, 10)
    }
    clock.setTimeout(again, 10)
    await clock.advance(35)
    expect(rung).toEqual([10, 20, 30])
    expect(clock.pendingTimers).toBe(1)
  })

  it('lets promises settle before it rings the next', async () => {
    const clock = createVirtualClock()
    const order: string[] = []
    clock.setTimeout(() => {
      void (async () => {
        for (let turn = 0; turn < 20; turn += 1) await null
        order.push('promise')
      })()
    }, 10)
    clock.setTimeout(() => order.push('timer'), 11)
    await clock.advance(20)
    expect(order).toEqual(['promise', 'timer'])
  })

  it('does not ring what was cancelled', async () => {
    const clock = createVirtualClock()
    const cancel = clock.setTimeout(() => expect.unreachable(), 10)
    cancel()
    await clock.advance(20)
    expect(clock.pendingTimers).toBe(0)
  })
})

describe('createScriptedServer', () => {
  function createKit() {
    const clock = createVirtualClock()
    return { clock, server: createScriptedServer(clock) }
  }

  it('answers with its replies in turn, the last one again and again', async () => {
    const { server } = createKit()
    server.on('/a', statusReply(500), textReply(['one']), textReply(['two']))
    const answers: string[] = []
    for (let turn = 0; turn < 4; turn += 1) {
      const response = await server.fetch('/a')
      answers.push(`${response.status} ${await response.text()}`)
    }
    expect(answers).toEqual(['500 ', '200 one', '200 two', '200 two'])
  })

  it('knows no other URL', async () => {
    expect((await createKit().server.fetch('/nowhere')).status).toBe(404)
  })

  it('writes down what was asked', async () => {
    const { server } = createKit()
    server.on('/a', statusReply(204))
    await server.fetch('/a', { method: 'POST', headers: { 'x-a': '1' }, body: 'words' })
    expect(server.requests).toMatchObject([{ url: '/a', method: 'POST', body: 'words', atMs: 0 }])
    expect(server.requests[0]?.headers.get('x-a')).toBe('1')
  })

  it('takes the time of the script for head and pieces', async () => {
    const { server, clock } = createKit()
    server.on('/a', textReply(['a', 'b'], { headAfterMs: 10, everyMs: 5 }))
    const seen: [string, number][] = []
    void (async () => {
      const response = await server.fetch('/a')
      seen.push(['head', clock.nowMs()])
      for await (const bytes of response.body ?? [])
        seen.push([new TextDecoder().decode(bytes), clock.nowMs()])
      seen.push(['end', clock.nowMs()])
    })()
    await clock.advance(100)
    expect(seen).toEqual([
      ['head', 10],
      ['a', 15],
      ['b', 20],
      ['end', 20],
    ])
  })

  it('rejects an unreachable server as a browser does', async () => {
    const { server } = createKit()
    server.on('/a', unreachable())
    await expect(server.fetch('/a')).rejects.toThrow(TypeError)
  })

  it.each([
    ['before the head', textReply(['a'], { headAfterMs: 50 })],
    ['in the body', textReply(['a'], { everyMs: 50 })],
  ])('stops at an abort %s and leaves no timer', async (_name, reply) => {
    const { server, clock } = createKit()
    server.on('/a', reply)
    const controller = new AbortController()
    const read = server.fetch('/a', { signal: controller.signal }).then((response) => response.text())
    const failed = expect(read).rejects.toThrow('aborted')
    await clock.advance(10)
    controller.abort()
    await failed
    expect(clock.pendingTimers).toBe(0)
    expect(server.requests[0]?.isAborted).toBe(true)
  })

  it('breaks a body where the script says so', async () => {
    const { server } = createKit()
    server.on('/a', textReply([], { ending: 'break' }))
    await expect((await server.fetch('/a')).text()).rejects.toThrow('network error')
  })
})

describe('replies', () => {
  it('are what real servers send', async () => {
    const clock = createVirtualClock()
    const server = createScriptedServer(clock)
    server.on('/answer', answerReply(['Hi'], { metadata: { prompt: 'draft', version: '3' } }))
    server.on('/html', htmlReply())
    server.on('/chunks', chunksReply([{ type: 'start' }]))
    const answer = await server.fetch('/answer')
    expect(answer.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1')
    expect(answer.headers.get('evenkeel')).toBe('prompt="draft", version="3"')
    expect((await answer.text()).split('\n\n').filter(Boolean)).toEqual([
      'data: {"type":"start"}',
      'data: {"type":"text-start","id":"t1"}',
      'data: {"type":"text-delta","id":"t1","delta":"Hi"}',
      'data: {"type":"text-end","id":"t1"}',
      'data: {"type":"finish","finishReason":"stop"}',
      'data: [DONE]',
    ])
    expect((await server.fetch('/html')).headers.get('content-type')).toBe('text/html')
    expect(await (await server.fetch('/chunks')).text()).toBe('data: {"type":"start"}\n\n')
  })
})

describe('createTestPage', () => {
  it('tells whoever listens that it is hidden, until they leave', () => {
    const page = createTestPage()
    let told = 0
    const leave = page.onHide(() => {
      told += 1
    })
    page.setVisible(false)
    page.setVisible(true)
    leave()
    page.setVisible(false)
    expect(told).toBe(1)
    expect(page.isVisible()).toBe(false)
  })
})
