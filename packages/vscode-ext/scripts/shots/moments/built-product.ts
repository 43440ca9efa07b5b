import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { SAMPLE } from '../../paths.ts'

/** The sample product as it would be shipped, without a collector. */
export interface BuiltProduct {
  readonly app: string
  stop(): Promise<void>
}

const READY = /^ready app=(\S+)$/m

/** Builds its pages and serves them; the same seed each time, so that pictures can be compared. */
export async function startBuiltProduct(): Promise<BuiltProduct> {
  const vite = spawn('npx', ['vite', 'build', '--logLevel', 'warn'], { cwd: SAMPLE, stdio: 'inherit' })
  const [code] = await once(vite, 'exit')
  if (code !== 0) throw new Error(`The sample's pages could not be built: vite ended with ${code}.`)
  const args = ['--conditions=evenkeel-source', join(SAMPLE, 'server', 'main.ts')]
  const env = { ...process.env, NODE_ENV: 'production', PORT: '0', SIMULATED_SEED: '3' }
  // What it says of telemetry that nobody takes is left unread.
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const gone = once(child, 'exit')
  let output = ''
  for await (const chunk of child.stdout) {
    output += String(chunk)
    const app = READY.exec(output)?.[1]
    if (app === undefined) continue
    child.stdout.on('data', () => {})
    return {
      app,
      async stop() {
        child.kill('SIGTERM')
        await gone
      },
    }
  }
  throw new Error(`The product ended before it was ready. ${output}`)
}
