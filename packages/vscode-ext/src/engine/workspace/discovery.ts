import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { isObject } from '../otlp/span.ts'
import type { WorkspaceFolder } from './folder.ts'

/** How a running collector is found: the content of `.evenkeel/collector.json`. */
export interface Discovery {
  readonly pid: number
  readonly port: number
  /** What a question must carry. */
  readonly token: string
  readonly version: string
  /** ISO 8601. */
  readonly startedAt: string
}

/** What the file says, or `null` where it is missing or is not one. */
export function readDiscovery({ discovery }: WorkspaceFolder): Discovery | null {
  try {
    const content: unknown = JSON.parse(readFileSync(discovery, 'utf8'))
    return isDiscovery(content) ? content : null
  } catch {
    return null
  }
}

/** Written beside and renamed, so that nobody ever reads half of it. */
export function writeDiscovery({ discovery }: WorkspaceFolder, content: Discovery): void {
  const beside = `${discovery}.${content.pid}`
  rmSync(beside, { force: true })
  writeFileSync(beside, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  renameSync(beside, discovery)
}

export function removeDiscovery({ discovery }: WorkspaceFolder): void {
  rmSync(discovery, { force: true })
}

function isDiscovery(value: unknown): value is Discovery {
  return (
    isObject(value) &&
    Number.isSafeInteger(value.pid) &&
    Number.isSafeInteger(value.port) &&
    typeof value.token === 'string' &&
    typeof value.version === 'string' &&
    typeof value.startedAt === 'string'
  )
}
