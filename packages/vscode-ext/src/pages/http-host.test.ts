import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Change } from '../engine/contract.ts'
import { createHttpHost } from './http-host.ts'

const open: Server[] = []

afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(answer: (url: URL, response: ServerResponse, authorization?: string) => void) {
  const server = createServer((request, response) =>
    answer(new URL(request.url ?? '/', 'http://collector'), response, request.headers.authorization),
  )
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return createHttpHost({
    collector: `http://127.0.0.1:${port}`,
    token: 'secret',
    fetch,
    openRun: () => {},
    copy: () => {},
    reconnectMs: 10,
  })
}

describe('a page on a collector', () => {
  it('asks with the token and the query', async () => {
    const host = await serve((url, response, authorization) =>
      response.end(
        JSON.stringify({ path: url.pathname, runId: url.searchParams.get('runId'), authorization }),
      ),
    )
    await expect(host.ask('/v1/questions/run', { runId: 'a&b' })).resolves.toEqual({
      path: '/v1/questions/run',
      runId: 'a&b',
      authorization: 'Bearer secret',
    })
  })

  it("gives the collector's own reason, hint and status", async () => {
    const host = await serve((_url, response) => {
      response.statusCode = 404
      response.end(JSON.stringify({ error: 'No such run.', hint: 'It may be older than the store.' }))
    })
    await expect(host.ask('/v1/questions/run', {})).rejects.toMatchObject({
      message: 'No such run.',
      hint: 'It may be older than the store.',
      status: 404,
    })
  })

  it.each([200, 500])('does not trust a body that is not JSON (%i)', async (status) => {
    const host = await serve((_url, response) => {
      response.statusCode = status
      response.end('<html>')
    })
    await expect(host.ask('/v1/questions/run', {})).rejects.toMatchObject({
      message: `The collector answered ${status} without a reason.`,
      status,
    })
  })

  it('says so where nothing listens', async () => {
    const host = createHttpHost({
      collector: 'http://127.0.0.1:1',
      token: '',
      fetch,
      openRun: () => {},
      copy: () => {},
    })
    await expect(host.ask('/healthz', {})).rejects.toMatchObject({
      message: 'The collector at http://127.0.0.1:1 does not answer.',
      status: null,
    })
  })

  it('hears changes however the bytes are cut, and opens a broken stream again', async () => {
    let connections = 0
    const host = await serve((_url, response) => {
      connections += 1
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const text = `: hello\n\nevent: change\ndata: {"features":["f"],"runs":${connections},"signals":0}\n\n`
      response.write(text.slice(0, 31))
      setTimeout(() => response.end(`${text.slice(31)}event: change\ndata: not json\n\n`), 5)
    })
    const changes: Change[] = []
    const stop = host.onChange((change) => changes.push(change))
    await vi.waitFor(() => expect(changes.map(({ runs }) => runs)).toEqual(expect.arrayContaining([1, 2])))
    stop()
    const heard = connections
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(connections).toBeLessThanOrEqual(heard + 1)
  })
})
