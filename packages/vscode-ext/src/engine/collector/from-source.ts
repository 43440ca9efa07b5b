import { fileURLToPath } from 'node:url'
import type { CollectorCommand } from '../attach/start-collector.ts'

/** How scripts and tests of this repository start the collector: from its TypeScript, without a build. */
export function collectorFromSource(): CollectorCommand {
  return {
    command: process.execPath,
    args: ['--conditions=evenkeel-source', fileURLToPath(new URL('main.ts', import.meta.url))],
  }
}
