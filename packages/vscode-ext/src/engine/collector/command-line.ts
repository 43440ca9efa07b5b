import { parseArgs } from 'node:util'

/** What a collector is started with. */
export interface CommandLine {
  readonly workspace: string
  /** 0 picks a free one. */
  readonly port: number
  /** How long nobody may be attached and nothing may come in before the collector ends itself. */
  readonly idleMs: number
}

export const DEFAULT_IDLE_MS = 10 * 60_000

export const USAGE = 'Usage: collector --workspace DIR [--port N] [--idle-ms N]'

/** Reads the arguments; throws with what is wrong in words. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      workspace: { type: 'string' },
      port: { type: 'string' },
      'idle-ms': { type: 'string' },
    },
  })
  if (values.workspace === undefined || values.workspace === '') throw new Error('--workspace is missing.')
  return {
    workspace: values.workspace,
    port: wholeNumber('--port', values.port ?? '0', 65_535),
    idleMs: wholeNumber('--idle-ms', values['idle-ms'] ?? String(DEFAULT_IDLE_MS), Number.MAX_SAFE_INTEGER),
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > most)
    throw new Error(`${name} must be a whole number from 0 to ${most}, not "${text}".`)
  return value
}
