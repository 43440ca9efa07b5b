import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { root } from './steps.ts'

/**
 * Runs `packages/<any>/<kind>/<name>/run.ts` with its output and exit code as they are (its last line is
 * its result); without a known name it lists them. Flags after the name go to the suite, `--short` among them.
 */
export async function runNamed(kind: 'bench' | 'faults'): Promise<number> {
  const [name, ...flags] = process.argv.slice(2)
  const known = globSync(`{packages,samples}/*/${kind}/*/run.ts`, { cwd: root })
  const file = known.find((path) => basename(dirname(path)) === name)
  if (file === undefined) {
    const names = known.map((path) => basename(dirname(path))).sort()
    console.error(
      `Name one of: ${names.join(', ') || '(none yet)'}. For example: npm run ${kind} -- ${names[0] ?? 'NAME'}`,
    )
    return 2
  }
  const child = spawn(process.execPath, ['--conditions=evenkeel-source', file, ...flags], {
    cwd: root,
    stdio: 'inherit',
  })
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)))
}
