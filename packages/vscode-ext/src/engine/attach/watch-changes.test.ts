import { describe, expect, it } from 'vitest'
import type { Change } from '../contract.ts'
import { watchChanges } from './watch-changes.ts'

const ENDPOINT = { url: 'http://127.0.0.1:1', token: 't' }

/** A collector's side of the connection. */
function connection() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const encoder = new TextEncoder()
  const asked: string[] = []
  const fetch = async (url: string | URL | Request, init?: RequestInit) => {
    asked.push(String(url))
    const body = new ReadableStream<Uint8Array>({
      start: (given) => {
        controller = given
        init?.signal?.addEventListener('abort', () => given.error(init.signal?.reason))
      },
    })
    return new Response(body)
  }
  return {
    fetch,
    asked,
    write: (text: string) => controller?.enqueue(encoder.encode(text)),
    end: () => controller?.close(),
  }
}

const change: Change = { features: ['ä'], runs: 1, signals: 0 }

describe('watching changes', () => {
  it('stands with the first byte, hears changes however they are cut, and ends with the connection', async () => {
    const { fetch, asked, write, end } = connection()
    const heard: Change[] = []
    const signal = new AbortController().signal
    const watching = watchChanges({
      endpoint: ENDPOINT,
      attachment: 'me',
      signal,
      onChange: (each) => heard.push(each),
      fetch,
    })
    await Promise.resolve()
    write(': attached\n\n')
    const { ended } = await watching
    expect(asked).toEqual(['http://127.0.0.1:1/v1/changes?attachment=me'])
    const text = `event: change\ndata: ${JSON.stringify(change)}\n\n: here\n\n`
    write(text.slice(0, 20))
    write(text.slice(20))
    write('event: of-tomorrow\ndata: {}\n\n')
    end()
    await ended
    expect(heard).toEqual([change])
  })

  it('rejects where it is refused', async () => {
    const fetch = async () => new Response('{}', { status: 401 })
    const signal = new AbortController().signal
    await expect(
      watchChanges({ endpoint: ENDPOINT, attachment: 'me', signal, onChange: () => {}, fetch }),
    ).rejects.toThrow('401')
  })

  it('ends where its owner lets go', async () => {
    const { fetch, write } = connection()
    const owner = new AbortController()
    const watching = watchChanges({
      endpoint: ENDPOINT,
      attachment: 'me',
      signal: owner.signal,
      onChange: () => {},
      fetch,
    })
    await Promise.resolve()
    write(': attached\n\n')
    const { ended } = await watching
    owner.abort()
    await ended
  })

  it('ends where the collector falls silent, heartbeats included', async () => {
    const { fetch, write } = connection()
    const watching = watchChanges({
      endpoint: ENDPOINT,
      attachment: 'me',
      signal: new AbortController().signal,
      onChange: () => {},
      silenceMs: 50,
      fetch,
    })
    await Promise.resolve()
    write(': attached\n\n')
    await (await watching).ended
  })
})
