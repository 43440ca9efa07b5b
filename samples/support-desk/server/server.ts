import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { toNodeListener } from '@evenkeel/shared/server'
import { ConnectionCut } from './cut-connection.ts'
import { resetsEarly } from './faults/reset-early.ts'
import { openFlags } from './flags.ts'
import { refusal } from './guard.ts'
import { builtPages, developmentPages, type Pages } from './pages.ts'
import { loadPromptLibrary } from './prompt.ts'
import type { Provider } from './providers.ts'
import { createRoutes } from './routes.ts'
import type { SimulationDefaults } from './simulation.ts'
import { createWeatherStation } from './weather.ts'

export interface ServerOptions {
  /** 0 picks a free one. */
  readonly port: number
  /** Where telemetry goes; `null` while there is no collector. */
  readonly collectorUrl: () => string | null
  /** The name under which runs are counted. */
  readonly environment: string
  /** `sources`: by Vite. `built`: from `dist/`. `none`: the API alone. */
  readonly pages: 'sources' | 'built' | 'none'
  /** Whether pages from sources follow what is saved; true where absent. */
  readonly hotReload?: boolean
  readonly simulation: SimulationDefaults
  /** Where real models are asked; the simulated one answers where absent. */
  readonly provider?: Provider | null
  /** Where the flags are; a copy of the shipped ones where absent. */
  readonly flagsFile?: string
  /** Hears of every request but those for pages. */
  readonly onRequest?: (method: string, path: string) => void
}

export interface ProductServer {
  readonly url: string
  close(): Promise<void>
}

const MAX_BODY_BYTES = 1024 * 1024

/**
 * Starts the product's server on loopback.
 * @throws Error that names the port where it is taken.
 */
export async function startServer(options: ServerOptions): Promise<ProductServer> {
  const prompts = await loadPromptLibrary()
  const flags = await openFlags(options.flagsFile ?? null)
  const station = createWeatherStation()
  const routes = createRoutes({
    prompts,
    provider: options.provider ?? null,
    flags: flags.file,
    station,
    defaults: options.simulation,
    collectorUrl: options.collectorUrl,
    now: Date.now,
  })
  const api = toNodeListener((request) => routes(request) ?? new Response(null, { status: 404 }), {
    maxBodyBytes: MAX_BODY_BYTES,
    onError(error) {
      if (!(error instanceof ConnectionCut)) console.error(error)
    },
  })

  let pages: Pages | null = null
  const server = createServer((incoming, outgoing) => {
    const refused = refusal(incoming)
    const path = incoming.url ?? '/'
    if (refused !== null) return toNodeListener(() => refused)(incoming, outgoing)
    if (isApi(path)) {
      options.onRequest?.(incoming.method ?? 'GET', path)
      if (resetsEarly(incoming, station)) return void incoming.socket.destroy()
      return api(incoming, outgoing)
    }
    if (pages === null) return outgoing.writeHead(404).end()
    pages.listener(incoming, outgoing)
  })
  try {
    server.listen(options.port, '127.0.0.1')
    await once(server, 'listening')
    // Only now: a Vite that was started for a port that is taken would have to be ended again.
    if (options.pages === 'sources') {
      pages = await developmentPages(server, options.environment, options.hotReload ?? true)
    }
    if (options.pages === 'built') pages = await builtPages(options.environment)
  } catch (error) {
    server.close()
    await flags.close()
    throw isTaken(error)
      ? new Error(
          `Port ${options.port} is already taken. Set PORT to another one, or to 0 for any free port.`,
        )
      : error
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      // Streams and hot reload would otherwise hold the server open.
      server.closeAllConnections()
      await pages?.close()
      await flags.close()
      await closed
    },
  }
}

function isApi(path: string): boolean {
  return /^\/(api|demo|evenkeel)\//.test(path)
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
