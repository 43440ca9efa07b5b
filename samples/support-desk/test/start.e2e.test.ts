import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { attachCollector } from '../../../packages/vscode-ext/src/engine/attach.ts'
import { collectorPid, createWorkspace, eventually, isAlive, ready, type Started, start } from './product.ts'

const opened: Started[] = []
const workspaces: ReturnType<typeof createWorkspace>[] = []

function workspace(): string {
  const made = createWorkspace()
  workspaces.push(made)
  return made.path
}

function startIn(path: string, environment: Record<string, string> = {}): Started {
  const started = start(path, environment)
  opened.push(started)
  return started
}

afterEach(async () => {
  for (const started of opened.splice(0)) {
    started.child.kill('SIGINT')
    await started.ended()
  }
  for (const made of workspaces.splice(0)) made.remove()
})

const answers = async (url: string) => {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

describe('npm start', () => {
  it('prints one ready line, and both addresses answer', async () => {
    const started = startIn(workspace())
    const { app, collector } = await ready(started)
    expect(started.output().stdout).toMatch(
      /^ready app=http:\/\/127\.0\.0\.1:\d+ collector=http:\/\/127\.0\.0\.1:\d+\n$/,
    )
    const page = await (await fetch(app)).text()
    expect(page).toContain('<title>Lantern support</title>')
    expect(page).toContain('<meta name="evenkeel-environment" content="end-to-end"')
    expect(await answers(`${collector}/healthz`)).toBe(true)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('%s ends every process that it started', async (signal) => {
    const path = workspace()
    const started = startIn(path)
    const { app, collector } = await ready(started)
    const pid = collectorPid(path)
    if (pid === null) throw new Error('The collector has not announced itself.')
    expect(isAlive(pid)).toBe(true)
    started.child.kill(signal)
    expect(await started.ended()).toBe(0)
    expect(isAlive(pid)).toBe(false)
    expect(await answers(app)).toBe(false)
    expect(await answers(`${collector}/healthz`)).toBe(false)
  })

  it('ends at once while it is still starting, and leaves nothing behind', async () => {
    const path = workspace()
    const started = startIn(path)
    const pid = await eventually(() => collectorPid(path))
    started.child.kill('SIGINT')
    await started.ended()
    await eventually(() => (isAlive(pid) ? null : true))
  })

  it('leaves a collector that somebody else is attached to', async () => {
    const path = workspace()
    const started = startIn(path)
    const { collector } = await ready(started)
    const editor = await attachCollector({ workspace: path })
    started.child.kill('SIGINT')
    expect(await started.ended()).toBe(0)
    expect(await answers(`${collector}/healthz`)).toBe(true)
    await editor.release({ stopIfUnattached: true })
    expect(await answers(`${collector}/healthz`)).toBe(false)
  })

  it('uses the collector that already runs for the workspace, whatever port was wished for', async () => {
    const path = workspace()
    const first = await ready(startIn(path))
    const second = await ready(startIn(path, { COLLECTOR_PORT: String(await freePort()) }))
    expect(second.collector).toBe(first.collector)
    expect(second.app).not.toBe(first.app)
  })

  it('takes the ports that it is told', async () => {
    const [port, collectorPort] = [await freePort(), await freePort()]
    const started = startIn(workspace(), { PORT: String(port), COLLECTOR_PORT: String(collectorPort) })
    expect(await ready(started)).toEqual({
      app: `http://127.0.0.1:${port}`,
      collector: `http://127.0.0.1:${collectorPort}`,
    })
  })

  it.each(['PORT', 'COLLECTOR_PORT'])('names a taken %s, exits 1 and leaves no process', async (name) => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const path = workspace()
    const started = startIn(path, { [name]: String(port) })
    expect(await started.ended()).toBe(1)
    taken.close()
    const { stdout, stderr } = started.output()
    expect(stdout).toBe('')
    expect(stderr).toContain(String(port))
    expect(stderr).toMatch(/taken|in use/)
    // A message for people, not a stack.
    expect(stderr).not.toMatch(/^\s+at /m)
    const pid = collectorPid(path)
    expect(pid === null || !isAlive(pid)).toBe(true)
  })

  it('says what is wrong with a port that is none', async () => {
    const started = startIn(workspace(), { PORT: 'eighty' })
    expect(await started.ended()).toBe(1)
    expect(started.output().stderr).toContain(
      "PORT must be a port from 0 to 65535 (0 picks a free one), not 'eighty'.",
    )
  })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
