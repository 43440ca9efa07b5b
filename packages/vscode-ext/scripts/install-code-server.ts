import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { CACHE } from './paths.ts'

/** The release of code-server that carries VS Code 1.139. */
export const CODE_SERVER_VERSION = '4.139.1'

const HOME = join(CACHE, `code-server-${CODE_SERVER_VERSION}`)
const PACKAGE = join('node_modules', 'code-server')
const ENTRY = join(PACKAGE, 'out', 'node', 'entry.js')
/** Written last, so that a folder without it is known to be half an install. */
const STAMP = 'installed.json'

/**
 * The entry script of the real VS Code, installed first where it is missing: about 15 s and 600 MB,
 * once. It comes from the npm registry, because that is the one place that every machine which could
 * run `npm ci` can reach. Safe to call from several processes at once: each installs into a folder of
 * its own, and the first to finish gives it the name.
 *
 * @throws Error that says which step failed, with what npm printed.
 */
export async function ensureCodeServer(log: (line: string) => void = console.log): Promise<string> {
  const entry = join(HOME, ENTRY)
  if (existsSync(join(HOME, STAMP))) return entry
  await mkdir(CACHE, { recursive: true })
  const room = await mkdtemp(join(CACHE, 'code-server-installing-'))
  try {
    log(`installing VS Code (code-server ${CODE_SERVER_VERSION}) into .cache/, once: about 600 MB …`)
    await writeFile(join(room, 'package.json'), '{ "private": true }\n')
    await npm(room, 'install', `code-server@${CODE_SERVER_VERSION}`)
    // What its own postinstall would do, without building natives that nothing here uses.
    log('installing the workbench …')
    await npm(join(room, PACKAGE, 'lib', 'vscode'), 'install', '--omit=dev')
    log('installing its built-in extensions …')
    await npm(join(room, PACKAGE, 'lib', 'vscode', 'extensions'), 'install', '--omit=dev')
    await assertStarts(join(room, ENTRY))
    await writeFile(join(room, STAMP), `${JSON.stringify({ version: CODE_SERVER_VERSION })}\n`)
    await moveIntoPlace(room)
    return entry
  } finally {
    await rm(room, { recursive: true, force: true })
  }
}

async function moveIntoPlace(room: string): Promise<void> {
  if (existsSync(HOME) && !existsSync(join(HOME, STAMP))) await rm(HOME, { recursive: true, force: true })
  try {
    await rename(room, HOME)
  } catch (error) {
    // Another process was faster; its install is as good as ours.
    if (!existsSync(join(HOME, STAMP))) throw error
  }
}

async function assertStarts(entry: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(dirname(entry), '../../package.json'), 'utf8'))
  if (manifest.version !== CODE_SERVER_VERSION) {
    throw new Error(
      `npm installed code-server ${manifest.version} where ${CODE_SERVER_VERSION} was asked for.`,
    )
  }
}

function npm(cwd: string, ...args: readonly string[]): Promise<void> {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  // npm's own JavaScript where npm started us: then it runs on this Node, whatever the system's is.
  const cli = process.env.npm_execpath
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []]
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args, ...quiet], {
      cwd,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve()
      const what = `npm ${args.join(' ')} failed in ${cwd} (exit code ${code}).`
      reject(
        new Error(`${what}\n${output.trim()}\nCheck that the npm registry can be reached, then try again.`),
      )
    })
  })
}
