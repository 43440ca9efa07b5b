import { spawn } from 'node:child_process'

/** One command of a longer piece of work. */
export interface Step {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export const root: string = new URL('..', import.meta.url).pathname

/** A step that runs a TypeScript file on this Node, library sources included. */
export function script(name: string, file: string, ...args: string[]): Step {
  return { name, command: process.execPath, args: ['--conditions=evenkeel-source', file, ...args] }
}

/** A step that runs a program of `node_modules/.bin`. */
export function bin(name: string, program: string, ...args: string[]): Step {
  return { name, command: `node_modules/.bin/${program}`, args }
}

/** Runs one step with its output shown as it comes; resolves with its exit code and what it printed. */
export function runStep({ name, command, args, env }: Step): Promise<{ code: number; output: string }> {
  console.log(`\n── ${name}`)
  const started = performance.now()
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const show = (to: NodeJS.WriteStream) => (chunk: Buffer) => {
      output += chunk.toString()
      to.write(chunk)
    }
    child.stdout.on('data', show(process.stdout))
    child.stderr.on('data', show(process.stderr))
    child.on('error', (error) => {
      console.error(`${name}: could not start ${command}: ${error.message}`)
      resolve({ code: 1, output })
    })
    child.on('close', (code) => {
      console.log(
        `── ${name}: ${code === 0 ? 'done' : `failed (exit code ${code})`} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
      )
      resolve({ code: code ?? 1, output })
    })
  })
}

/** Runs steps one after another until one fails; the exit code of the last that ran. */
export async function runSteps(steps: readonly Step[]): Promise<number> {
  for (const step of steps) {
    const { code } = await runStep(step)
    if (code !== 0) return code
  }
  return 0
}
