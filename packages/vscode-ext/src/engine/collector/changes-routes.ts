import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { CHANGES_PATH } from '../contract.ts'
import type { Attachments } from './attachments.ts'
import type { Changes } from './changes.ts'

/** A comment this often keeps proxies from closing a quiet connection, and finds those that are gone. */
const HEARTBEAT_MS = 15_000

/** Server-sent events; while the connection is open its owner is attached. */
export function changesRoutes(changes: Changes, attachments: Attachments): Hono {
  const routes = new Hono()
  routes.get(CHANGES_PATH, (context) =>
    streamSSE(context, async (stream) => {
      const detach = attachments.add(context.req.query('attachment') || undefined)
      const stopListening = changes.listen((change) => {
        void stream.writeSSE({ event: 'change', data: JSON.stringify(change) })
      })
      const heartbeat = setInterval(() => void stream.write(': here\n\n'), HEARTBEAT_MS)
      // The first bytes say that the attachment counts from now on.
      await stream.write(': attached\n\n')
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      clearInterval(heartbeat)
      stopListening()
      detach()
    }),
  )
  return routes
}
