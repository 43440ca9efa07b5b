import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'

const root = new URL('../../..', import.meta.url).pathname
const built = (path: string) => readFile(new URL(`../dist/${path}`, import.meta.url), 'utf8')

beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['.ci/build-library.ts'], { cwd: root })
})

/** What an entry hands on, and from which module. */
async function exportsOf(entry: string): Promise<{ readonly name: string; readonly module: string }[]> {
  const code = await built(entry)
  const named = new Map<string, string>()
  for (const [, names = '', module = ''] of code.matchAll(/import \{([^}]*)\} from "(\.[^"]*)"/g)) {
    for (const name of names.split(',')) named.set(name.replace(/.* as /, '').trim(), module.slice(2))
  }
  for (const [, names = '', module = ''] of code.matchAll(/export \{([^}]*)\} from "(\.[^"]*)"/g)) {
    for (const name of names.split(',')) named.set(name.replace(/.* as /, '').trim(), module.slice(2))
  }
  return [...named].map(([name, module]) => ({ name, module })).filter(({ name }) => name !== '')
}

const bearsUseClient = async (module: string) => (await built(module)).startsWith('"use client"')
const isHookOrComponent = ({ name, module }: { name: string; module: string }) =>
  /^use[A-Z]/.test(name) || (/^[A-Z]/.test(name) && module.startsWith('react/'))

describe('the built entries', () => {
  it("bear no 'use client', so that a server can import a feature's definition", async () => {
    for (const entry of ['index.js', 'core.js', 'query.js', 'feedback.js', 'redact.js'])
      expect(await bearsUseClient(entry)).toBe(false)
  })

  it("bear 'use client' at every hook and component", async () => {
    const exported = [...(await exportsOf('index.js')), ...(await exportsOf('feedback.js'))].filter(
      isHookOrComponent,
    )
    expect(exported.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'useAI',
        'useRunText',
        'useRunParts',
        'useRunObject',
        'useConversation',
        'StreamedText',
        'RunCode',
        'FeedbackComment',
      ]),
    )
    const without = []
    for (const { name, module } of exported) if (!(await bearsUseClient(module))) without.push(name)
    expect(without).toEqual([])
  })

  it('bear it nowhere that a server needs', async () => {
    for (const module of ['run/engine.js', 'query/ai-query-options.js', 'render/read-object.js']) {
      expect(await bearsUseClient(module)).toBe(false)
    }
  })

  it('leave it to the product whether it is built for its developers', async () => {
    expect(await built('run/development.js')).toMatch(/return process\.env\.NODE_ENV !== "production"/)
    const shared = new URL('../../shared/dist/define-feature.js', import.meta.url)
    expect(await readFile(shared, 'utf8')).toContain('process.env.NODE_ENV')
  })

  it('load what is needed later as one module each, which names what it loads itself', async () => {
    const code = await built('run/on-demand.js')
    // What keeps state is the page's own, and no copy.
    expect(code.match(/ from "[^"]*"/g)).toEqual([' from "../telemetry/post.js"'])
    // What others wrote is copied with its licence.
    expect(code).toContain('Espen Hovlandsdal')
    expect(code).toContain('import("../stream/other-bodies.js")')
    const script = "const { take } = await import('./run/on-demand.js'); process.stdout.write(typeof take)"
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: new URL('../dist', import.meta.url).pathname,
    })
    expect(stdout).toBe('function')
  })

  it('load as they are in Node, without React where there is no React to need', async () => {
    const script = "const core = await import('./core.js'); process.stdout.write(typeof core.createRun)"
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: new URL('../dist', import.meta.url).pathname,
    })
    expect(stdout).toBe('function')
    expect(await built('core.js')).not.toContain('react')
  })
})
