import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { SAMPLE } from './paths.ts'

/** The sample product, running. */
export interface Product {
  readonly app: string
  readonly collector: string
  /** Ends its server, and its collector where nobody else is attached. */
  stop(): Promise<void>
}

const READY = /^ready app=(\S+) collector=(\S+)$/m
const START_MS = 60_000

/** Starts the sample product on free ports, its runs going into this folder's store under this environment's name. */
export async function startProduct(
  workspace: string = SAMPLE,
  environment = 'development',
): Promise<Product> {
  const child = spawn(
    process.execPath,
    ['--conditions=evenkeel-source', join(SAMPLE, 'scripts', 'start.ts')],
    {
      env: {
        ...process.env,
        ...{ PORT: '0', COLLECTOR_PORT: '0' },
        ...{ EVENKEEL_WORKSPACE: workspace, EVENKEEL_ENVIRONMENT: environment },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Not in our group: Ctrl-C must end the editor first, so that the product finds nobody attached.
      detached: true,
    },
  )
  let output = ''
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await gone
  }
  const ready = new Promise<RegExpExecArray>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const found = READY.exec(output)
      if (found !== null) resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The product ended with exit code ${code}.\n${output}`)))
    setTimeout(() => reject(new Error(`The product was not ready within 60 s.\n${output}`)), START_MS).unref()
  })
  try {
    const [, app = '', collector = ''] = await ready
    return { app, collector, stop }
  } catch (error) {
    child.kill('SIGTERM')
    throw error
  }
}
