import { Hono } from 'hono'
import {
  type Change,
  HEALTH_PATH,
  type Health,
  LOGS_PATH,
  SHUTDOWN_PATH,
  type ShutdownAnswer,
  type ShutdownRequest,
  TRACES_PATH,
} from '../contract.ts'
import { isObject } from '../otlp/span.ts'
import type { Store } from '../store/store.ts'
import type { Attachments } from './attachments.ts'
import type { Changes } from './changes.ts'
import { changesRoutes } from './changes-routes.ts'
import { onlyOwnHost, onlyOwnOrigins, onlyWithToken } from './guard.ts'
import { ingestRoutes } from './ingest-routes.ts'
import { Problem } from './problem.ts'
import { questionRoutes } from './question-routes.ts'

export interface AppOptions {
  readonly store: Store
  readonly changes: Changes
  readonly attachments: Attachments
  readonly token: string
  /** The port that is listened on; known only after the app is made. */
  readonly port: () => number
  readonly health: () => Omit<Health, 'status' | 'attached'>
  readonly onIngest: () => void
  /** Called once the answer to a shutdown is on its way. */
  readonly stop: () => void
  /** What went wrong inside, for the log. */
  readonly onError: (error: Error) => void
}

const OTLP_PATHS: readonly string[] = [TRACES_PATH, LOGS_PATH]

/** The collector as one fetch handler: who may ask, what they may ask, and what they get when it goes wrong. */
export function createApp(options: AppOptions): Hono {
  const { store, changes, attachments, token } = options
  const app = new Hono()
  app.use(onlyOwnHost(options.port))
  app.use(onlyOwnOrigins((path) => OTLP_PATHS.includes(path)))

  app.get(HEALTH_PATH, (context) =>
    context.json({ status: 'ok', ...options.health(), attached: attachments.size } satisfies Health),
  )
  app.route(
    '/',
    ingestRoutes({
      store,
      onChange: (change: Change) => changes.publish(change),
      onIngest: options.onIngest,
    }),
  )

  for (const path of ['/v1/questions/*', '/v1/changes', SHUTDOWN_PATH]) app.use(path, onlyWithToken(token))
  app.route('/', questionRoutes(store))
  app.route('/', changesRoutes(changes, attachments))
  app.post(SHUTDOWN_PATH, async (context) => {
    const { unlessAttached = false, attachment } = await shutdownRequest(context.req.raw)
    const attached = attachments.others(attachment)
    const stopping = !(unlessAttached && attached > 0)
    if (stopping) setTimeout(options.stop, 10)
    return context.json({ stopping, attached } satisfies ShutdownAnswer)
  })

  app.notFound((context) =>
    context.json(
      new Problem(
        404,
        `Nothing is at ${context.req.method} ${context.req.path}.`,
        'Look at the contract.',
      ).answer(),
      404,
    ),
  )
  app.onError((error, context) => {
    if (error instanceof Problem) return context.json(error.answer(), error.status)
    options.onError(error)
    // 503 tells an exporter to keep the batch and send it again.
    return context.json(
      new Problem(503, 'The collector failed.', 'The reason is in .evenkeel/collector.log.').answer(),
      503,
    )
  })
  return app
}

async function shutdownRequest(request: Request): Promise<ShutdownRequest> {
  const body: unknown = await request.json().catch(() => ({}))
  if (!isObject(body)) return {}
  return {
    unlessAttached: body.unlessAttached === true,
    ...(typeof body.attachment === 'string' ? { attachment: body.attachment } : {}),
  }
}
