import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'

type Fetch = (request: Request) => Response | Promise<Response>

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

/** Serves on 127.0.0.1 only. Rejects with a message that names the port where it is taken. */
export async function listen(fetch: Fetch, port: number): Promise<Listening> {
  // Without a `createServer` option the adapter's server is that of `node:http`.
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' || error.code === 'EACCES' ? portProblem(port, error.code) : error)
    })
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function portProblem(port: number, code: 'EADDRINUSE' | 'EACCES'): Error {
  return new Error(
    code === 'EADDRINUSE'
      ? `Port ${port} is taken by another process. Choose another port for the collector, or 0 for any free one.`
      : `Port ${port} may not be listened on by this user. Choose a port from 1024 up, or 0 for any free one.`,
  )
}
