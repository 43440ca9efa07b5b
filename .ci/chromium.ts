import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser']

/**
 * Flags that keep headless Chromium quiet and offline; as root it also needs `--no-sandbox`.
 * `--disable-features=LocalNetworkAccessChecks…`: a document fulfilled by Playwright has no address space.
 */
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The path of an installed Chromium or Chrome, or undefined. `CHROMIUM_PATH` wins. */
export function findChromium(): string | undefined {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen !== undefined && isExecutable(chosen)) return chosen
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin']
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), mac]
  return candidates.find(isExecutable) ?? playwrightChromium()
}

function playwrightChromium(): string | undefined {
  const script = "process.stdout.write(require('playwright-core').chromium.executablePath())"
  const found = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })
  return found.status === 0 && isExecutable(found.stdout) ? found.stdout : undefined
}

/** Finds Chromium, installing it first where the machine has none: by apt as root, else by Playwright. */
export function ensureChromium(): string {
  const found = findChromium()
  if (found !== undefined) return found
  const canUseApt = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0
  console.log(`installing Chromium with ${canUseApt ? 'apt-get' : 'Playwright'} …`)
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'] }
  if (canUseApt) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    execFileSync('apt-get', ['update', '-qq'], { ...quiet, env })
    execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], { ...quiet, env })
  } else {
    execFileSync('npx', ['playwright', 'install', '--with-deps', 'chromium'], quiet)
  }
  const installed = findChromium()
  if (installed === undefined) {
    throw new Error(
      'Chromium could not be installed. Install it by hand and set CHROMIUM_PATH to its executable.',
    )
  }
  return installed
}
