import { describe, expect, it, vi } from 'vitest'
import { createHttpSource, type Endpoint, SourceError } from './http-source.ts'
import { anId } from './testing/run.ts'

const OLD: Endpoint = { url: 'http://127.0.0.1:1', token: 'old' }
const NEW: Endpoint = { url: 'http://127.0.0.1:2', token: 'new' }

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })

describe('a source over HTTP', () => {
  it('asks with the token and only the parameters that are given', async () => {
    const fetch = vi.fn(async (_url: string | URL | Request, _init?: RequestInit) => json({ features: [] }))
    const source = createHttpSource({ endpoint: async () => OLD, fetch })
    await source.features(undefined, 1000)
    await source.runs({ feature: 'a b', limit: 5 })
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      'http://127.0.0.1:1/v1/questions/features?windowMs=1000',
      'http://127.0.0.1:1/v1/questions/runs?feature=a+b&limit=5',
    ])
    expect(fetch.mock.calls[0]?.[1]?.headers).toEqual({ authorization: 'Bearer old' })
  })

  it('takes 404 for a run that is not known', async () => {
    const source = createHttpSource({ endpoint: async () => OLD, fetch: async () => json({}, 404) })
    expect(await source.run(anId(1))).toBeNull()
    await expect(source.environments()).rejects.toThrow(SourceError)
  })

  it('tells a refusal in the words of the collector', async () => {
    const refusal = { error: 'limit is out of range.', hint: 'Give 1 to 500.' }
    const source = createHttpSource({ endpoint: async () => OLD, fetch: async () => json(refusal, 400) })
    await expect(source.runs({})).rejects.toMatchObject({
      message: refusal.error,
      hint: refusal.hint,
      status: 400,
    })
  })

  it('has words of its own where the answer is no JSON', async () => {
    const fetch = async () => new Response('<html>', { status: 502 })
    const source = createHttpSource({ endpoint: async () => OLD, fetch })
    await expect(source.runs({})).rejects.toThrow('status 502')
  })

  it.each([
    ['does not answer', () => Promise.reject(new TypeError('fetch failed'))],
    ['does not know the token', async () => json({}, 401)],
  ])('asks the next collector, once, where the first %s', async (_, first) => {
    const fetch = vi.fn(async (url: string | URL | Request) =>
      String(url).startsWith(OLD.url) ? first() : json({ environments: [] }),
    )
    const renew = vi.fn(async () => NEW)
    const source = createHttpSource({ endpoint: async () => OLD, renew, fetch })
    expect(await source.environments()).toEqual({ environments: [] })
    expect(renew).toHaveBeenCalledExactlyOnceWith(OLD)
  })

  it('gives up where the next one fails too', async () => {
    const fetch = vi.fn(() => Promise.reject(new TypeError('fetch failed')))
    const source = createHttpSource({ endpoint: async () => OLD, renew: async () => NEW, fetch })
    await expect(source.environments()).rejects.toThrow('fetch failed')
    expect(fetch).toHaveBeenCalledTimes(2)
  })
})
