import { setTimeout as wait } from 'node:timers/promises'
import { SHUTDOWN_PATH, type ShutdownAnswer, type ShutdownRequest } from '../contract.ts'
import { type Discovery, readDiscovery } from '../workspace/discovery.ts'
import { urlOf } from '../workspace/find-running.ts'
import type { WorkspaceFolder } from '../workspace/folder.ts'

const STOP_TIMEOUT_MS = 5_000
const POLL_MS = 20

/** Asks a collector to end and waits until it has. False where it stays because others are attached. */
export async function stopCollector(
  folder: WorkspaceFolder,
  discovery: Discovery,
  request: ShutdownRequest,
): Promise<boolean> {
  const answer = await ask(discovery, request)
  if (answer?.stopping === false) return false
  const deadlineMs = performance.now() + STOP_TIMEOUT_MS
  while (isAlive(discovery.pid) && performance.now() < deadlineMs) {
    if (answer === null && readDiscovery(folder)?.pid !== discovery.pid) break
    await wait(POLL_MS)
  }
  return true
}

/** `null` where nobody answers any more. */
async function ask(discovery: Discovery, request: ShutdownRequest): Promise<ShutdownAnswer | null> {
  try {
    const response = await fetch(urlOf(discovery) + SHUTDOWN_PATH, {
      method: 'POST',
      headers: { authorization: `Bearer ${discovery.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(STOP_TIMEOUT_MS),
    })
    return response.ok ? ((await response.json()) as ShutdownAnswer) : null
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
