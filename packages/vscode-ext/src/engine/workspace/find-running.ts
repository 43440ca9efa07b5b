import { HEALTH_PATH, type Health } from '../contract.ts'
import { type Discovery, readDiscovery } from './discovery.ts'
import type { WorkspaceFolder } from './folder.ts'

const HEALTH_TIMEOUT_MS = 2_000

export function urlOf({ port }: Pick<Discovery, 'port'>): string {
  return `http://127.0.0.1:${port}`
}

/** The collector that the discovery file names, where it answers and is the one that the file means. */
export async function findRunning(folder: WorkspaceFolder): Promise<Discovery | null> {
  const discovery = readDiscovery(folder)
  if (discovery === null) return null
  const health = await healthOf(urlOf(discovery))
  return health?.pid === discovery.pid && health.workspace === folder.workspace ? discovery : null
}

/** What is answered at `/healthz`; `null` where nothing sensible is, soon enough. */
export async function healthOf(url: string): Promise<Health | null> {
  try {
    const response = await fetch(url + HEALTH_PATH, {
      signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
      redirect: 'error',
    })
    return response.ok ? ((await response.json()) as Health) : null
  } catch {
    return null
  }
}
