import { describe, expect, it } from 'vitest'
import { ConnectionCut, cutConnection } from './cut-connection.ts'

const request = (cut?: string) =>
  new Request('http://127.0.0.1/', { headers: cut === undefined ? {} : { 'x-simulated-cut': cut } })

function answer() {
  let reason: unknown = null
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of ['a', 'b', 'c']) controller.enqueue(new TextEncoder().encode(piece))
      controller.close()
    },
    cancel(cause) {
      reason = cause
    },
  })
  return { response: new Response(body, { status: 201, headers: { x: 'y' } }), reason: () => reason }
}

describe('cutConnection', () => {
  it.each([undefined, '0', '-1', 'x'])('changes nothing where %s is asked for', async (cut) => {
    const { response } = answer()
    expect(cutConnection(response, request(cut))).toBe(response)
  })

  it('breaks the body after that many pieces, and keeps status and headers', async () => {
    const { response } = answer()
    const cut = cutConnection(response, request('2'))
    expect([cut.status, cut.headers.get('x')]).toEqual([201, 'y'])
    const reader = cut.body?.getReader()
    const read = async () => new TextDecoder().decode((await reader?.read())?.value)
    expect([await read(), await read()]).toEqual(['a', 'b'])
    await expect(read()).rejects.toBeInstanceOf(ConnectionCut)
  })
})
