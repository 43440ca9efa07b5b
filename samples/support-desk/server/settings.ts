import type { ServerOptions } from './server.ts'
import { simulationDefaults } from './simulation.ts'

type Environment = Readonly<Record<string, string | undefined>>

const DEFAULT_PORT = 5173

/** What the environment variables say of the server. @throws Error that names the variable and the fix. */
export function serverSettings(environment: Environment): Omit<ServerOptions, 'collectorUrl'> {
  const isProduction = environment.NODE_ENV === 'production'
  return {
    port: portIn(environment, 'PORT') ?? DEFAULT_PORT,
    environment: environment.EVENKEEL_ENVIRONMENT || (isProduction ? 'production' : 'development'),
    pages: isProduction ? 'built' : 'sources',
    hotReload: environment.HOT_RELOAD !== 'off',
    simulation: simulationDefaults(environment),
    ...(environment.FLAGS_FILE ? { flagsFile: environment.FLAGS_FILE } : {}),
    // To standard error, because standard output is for the ready line.
    ...(environment.LOG_REQUESTS === '1'
      ? { onRequest: (method, path) => console.error(`request ${method} ${path}`) }
      : {}),
  }
}

/** A port from a variable; `null` where it is not set. @throws Error where it is no port. */
export function portIn(environment: Environment, name: string): number | null {
  const text = environment[name]?.trim() ?? ''
  if (text === '') return null
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new Error(`${name} must be a port from 0 to 65535 (0 picks a free one), not '${text}'.`)
}
