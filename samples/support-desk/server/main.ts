import { providerIn } from './providers.ts'
import { startServer } from './server.ts'
import { serverSettings } from './settings.ts'

// The product's server alone, as it would run in production: `COLLECTOR_URL` says where telemetry goes.
const collectorUrl = process.env.COLLECTOR_URL || null
try {
  const server = await startServer({
    ...serverSettings(process.env),
    provider: await providerIn(process.env),
    collectorUrl: () => collectorUrl,
  })
  console.log(`ready app=${server.url}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
