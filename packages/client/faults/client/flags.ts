import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FlagFile, openFlagFile } from '@evenkeel/shared/flags'
import { type Controls, controlHandler, createControls, flagsHandler } from '@evenkeel/shared/server'
import type { Job } from './job.ts'

/** The flags of every job that has any, in one real flag file. */
export interface Flags {
  readonly controls: Controls
  /** Tells browsers. */
  tell(request: Request): Promise<Response>
  /** Hears operators. */
  change(request: Request): Promise<Response>
  close(): void
}

const ON = {
  state: 'ENABLED',
  variants: { on: true, off: false },
  defaultVariant: 'on',
  metadata: { public: true },
}
const LEVELS = { '5': 5, '4': 4, '3': 3, '2': 2, '1': 1 }

function definitionsOf({ id, row }: Job): Readonly<Record<string, object>> {
  const { switch: set, flags, pageFault } = row.plan
  if (set === null)
    return flags === 'live' || pageFault?.startsWith('killed') ? { [`${id}.enabled`]: ON } : {}
  if (set === 'no hedging') return { [`${id}.hedge`]: { ...ON, defaultVariant: 'off' } }
  if (set === 'off') return { [`${id}.enabled`]: { ...ON, defaultVariant: 'off' } }
  if (set === 'not rolled out') {
    const targeting = { if: [{ '==': [{ var: 'cohort' }, 'internal'] }, 'on'] }
    return { [`${id}.enabled`]: { ...ON, defaultVariant: 'off', targeting } }
  }
  return { [`${id}.max-level`]: { ...ON, variants: LEVELS, defaultVariant: String(set.maxLevel) } }
}

export async function openFlags(jobs: readonly Job[]): Promise<Flags> {
  const folder = mkdtempSync(join(tmpdir(), 'client-faults-'))
  const path = join(folder, 'flags.json')
  writeFileSync(path, JSON.stringify({ flags: Object.assign({}, ...jobs.map(definitionsOf)) }))
  const ignore = () => {}
  const file: FlagFile = await openFlagFile(path, { onReminder: ignore })
  const controls = createControls(file, { onError: ignore })
  const identify = () => ({ tenant: 'acme', user: 'somebody', cohort: 'external' })
  return {
    controls,
    tell: flagsHandler({ controls, identify, onError: ignore }),
    change: controlHandler({
      store: file,
      onError: ignore,
      operator: () => ({ actor: 'Noor', role: 'operator', tenant: null }),
    }),
    close() {
      file.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
