import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CollectorCommand } from '../engine/attach.ts'

/** How the collector is started from here: the bundle beside this program's, or its source beside this source. */
export function collectorCommand(program: string): CollectorCommand {
  const path = realpathSync(program)
  return path.endsWith('.ts')
    ? {
        command: process.execPath,
        args: ['--conditions=evenkeel-source', join(dirname(path), '..', 'engine', 'collector', 'main.ts')],
      }
    : { command: process.execPath, args: [join(dirname(path), 'collector.cjs')] }
}
