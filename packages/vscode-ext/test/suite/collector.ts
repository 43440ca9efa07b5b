import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HEALTH_PATH, type Health } from '../../src/engine/contract.ts'
import { urlOf } from '../../src/engine/workspace/find-running.ts'
import { readTask } from './task.ts'

/** The workspace's collector as anybody on this machine finds it, without the extension. */
export function collectorUrl(workspace: string = readTask().workspace): string {
  return urlOf(JSON.parse(readFileSync(join(workspace, '.evenkeel', 'collector.json'), 'utf8')))
}

export async function health(workspace?: string): Promise<Health> {
  const response = await fetch(collectorUrl(workspace) + HEALTH_PATH)
  return (await response.json()) as Health
}
