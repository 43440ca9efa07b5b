import { describe, expect, it } from 'vitest'
import { type SpoilOptions, spoilBody } from './spoil-body.ts'

function bodyOf(chunks: readonly string[], onCancel = () => {}): Response {
  const left = [...chunks]
  const body = new ReadableStream({
    pull(controller) {
      const next = left.shift()
      if (next === undefined) controller.close()
      else controller.enqueue(new TextEncoder().encode(next))
    },
    cancel: onCancel,
  })
  return new Response(body, {
    status: 200,
    headers: { 'x-kept': 'yes', 'content-type': 'text/event-stream' },
  })
}

const after = (afterChunks: number, more: Partial<SpoilOptions> = {}): SpoilOptions => ({
  afterChunks,
  isGone: new AbortController().signal,
  onEnd: () => {},
  ...more,
})

describe('cut off', () => {
  it('ends the body in the middle of an event, keeps the head, and tells the source', async () => {
    let ends = 0
    const response = bodyOf(['one ', 'two ', 'three', 'four'])
    const answer = spoilBody(response, 'cut-off', after(2, { onEnd: () => ends++ }))
    expect(answer.headers.get('x-kept')).toBe('yes')
    expect(await answer.text()).toBe('one two th')
    expect(ends).toBe(1)
  })

  it('leaves a shorter body whole', async () => {
    let ends = 0
    const answer = spoilBody(bodyOf(['one']), 'cut-off', after(2, { onEnd: () => ends++ }))
    expect(await answer.text()).toBe('one')
    expect(ends).toBe(0)
  })
})

describe('the other faults of a body', () => {
  it('stalls: what came before is there, nothing more comes, and it ends when nobody reads any more', async () => {
    const gone = new AbortController()
    const answer = spoilBody(bodyOf(['one', 'two', 'three']), 'stall', after(1, { isGone: gone.signal }))
    const reader = answer.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('one')
    const next = reader?.read()
    const waited = await Promise.race([next, new Promise((done) => setTimeout(done, 100, 'nothing'))])
    expect(waited).toBe('nothing')
    gone.abort()
    expect((await next)?.done).toBe(true)
  })

  it('pings: comments alone, and the model is let go', async () => {
    let cancelled = false
    const answer = spoilBody(
      bodyOf(['one'], () => {
        cancelled = true
      }),
      'pings',
      after(0),
    )
    const reader = answer.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(': ping\n\n')
    await reader?.cancel()
    expect(cancelled).toBe(true)
  })

  it('malformed: from the middle on no line is a field of an event', async () => {
    const answer = spoilBody(bodyOf(['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']), 'malformed', after(1))
    expect(await answer.text()).toBe('data: 1\n\ndate= 2\rdate= 3\r')
  })

  it('invalid JSON: the next event cannot be read, and is the last', async () => {
    const last = (await spoilBody(bodyOf(['data: 1\n\n', 'x', 'y']), 'not-json', after(1)).text())
      .split('\n\n')
      .at(-2)
    expect(() => JSON.parse(last?.slice('data: '.length) ?? '{}')).toThrow()
  })

  it('oversized: one event of ten megabytes', async () => {
    const body = await spoilBody(bodyOf(['a', 'b']), 'oversized', after(1)).arrayBuffer()
    expect(body.byteLength).toBeGreaterThan(10 * 1024 * 1024)
  })

  it('wrong type: the same bytes as an image', async () => {
    const answer = spoilBody(bodyOf(['data: 1\n\n']), 'wrong-type', after(0))
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(await answer.text()).toBe('data: 1\n\n')
  })

  it('leaves a body alone in any other weather', async () => {
    const response = bodyOf(['one', 'two'])
    expect(spoilBody(response, 'calm', after(0))).toBe(response)
  })
})
