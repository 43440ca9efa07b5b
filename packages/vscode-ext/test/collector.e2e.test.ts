import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { exportTraceRequest } from '@evenkeel/shared'
import { afterEach, describe, expect, it } from 'vitest'
import { anId, aRun } from '../src/engine/testing/run.ts'
import { healthOf } from '../src/engine/workspace/find-running.ts'
import { workspaceFolder } from '../src/engine/workspace/folder.ts'
import { cleanUp, discoveryOf, isAlive, newWorkspace, runCollector, until } from './collector-process.ts'

afterEach(cleanUp)

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

async function readyUrl(collector: ReturnType<typeof runCollector>): Promise<string> {
  const line = await collector.ready
  return line.slice('ready collector='.length)
}

const post = (url: string, body: unknown) =>
  fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('a collector process', () => {
  it('says where it is, in one line and in a file that only its user can read', async () => {
    const workspace = newWorkspace()
    const collector = runCollector(workspace)
    expect(await collector.ready).toMatch(/^ready collector=http:\/\/127\.0\.0\.1:\d+$/)
    const discovery = discoveryOf(workspace)
    expect(discovery).toMatchObject({ pid: collector.pid, version: '0.1.0' })
    expect(await collector.ready).toContain(`:${discovery.port}`)
    const { folder, discovery: file } = workspaceFolder(workspace)
    expect([mode(folder), mode(file)]).toEqual(['700', '600'])
    expect(await healthOf(`http://127.0.0.1:${discovery.port}`)).toMatchObject({
      status: 'ok',
      pid: collector.pid,
      workspace,
      attached: 0,
    })
  })

  it('keeps what it was sent in tables that SQL can read while it runs', async () => {
    const workspace = newWorkspace()
    const url = await readyUrl(runCollector(workspace))
    expect(await (await post(url, exportTraceRequest([aRun()]))).json()).toEqual({})
    const witness = new DatabaseSync(workspaceFolder(workspace).store, { readOnly: true })
    expect({
      ...witness.prepare('SELECT run_id, feature, outcome, prompt, request_model FROM runs').get(),
    }).toEqual({
      run_id: anId(1),
      feature: 'draft-reply',
      outcome: 'answered',
      prompt: 'draft-reply@1.0.0#abc123',
      request_model: 'sim-1',
    })
    witness.close()
  })

  it('stores all of what many send at once', async () => {
    const workspace = newWorkspace()
    const url = await readyUrl(runCollector(workspace))
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, sender) =>
        post(
          url,
          exportTraceRequest(
            Array.from({ length: 25 }, (_, index) => aRun({ runId: anId(1 + sender * 25 + index) })),
          ),
        ),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200))
    const witness = new DatabaseSync(workspaceFolder(workspace).store, { readOnly: true })
    expect(witness.prepare('SELECT count(*) AS runs FROM runs').get()?.runs).toBe(1000)
    expect(witness.prepare('SELECT count(*) AS attempts FROM attempts').get()?.attempts).toBe(1000)
    witness.close()
  })

  it('ends well when it is told to, and takes its discovery file with it', async () => {
    const workspace = newWorkspace()
    const collector = runCollector(workspace)
    await collector.ready
    collector.child.kill('SIGTERM')
    expect(await collector.exit).toBe(0)
    expect(existsSync(workspaceFolder(workspace).discovery)).toBe(false)
  })

  it('ends when nobody is attached and nothing has come in for its idle time', async () => {
    const workspace = newWorkspace()
    const collector = runCollector(workspace, '--idle-ms', '400')
    await collector.ready
    expect(await collector.exit).toBe(0)
    expect(collector.stderr()).toContain('idle')
  })

  it('ends when its folder is removed, so that a new one finds an empty place', async () => {
    const workspace = newWorkspace()
    const collector = runCollector(workspace)
    await collector.ready
    rmSync(workspaceFolder(workspace).folder, { recursive: true })
    expect(await collector.exit).toBe(0)
  })
})

describe('one workspace', () => {
  it('has one collector, however many start at once', async () => {
    const workspace = newWorkspace()
    const starters = Array.from({ length: 4 }, () => runCollector(workspace))
    const lines = await Promise.all(starters.map(({ ready }) => ready))
    expect(new Set(lines).size).toBe(1)
    const { pid } = discoveryOf(workspace)
    const losers = starters.filter((starter) => starter.pid !== pid)
    expect(losers).toHaveLength(3)
    expect(await Promise.all(losers.map(({ exit }) => exit))).toEqual([0, 0, 0])
    expect(isAlive(pid)).toBe(true)
  })

  it('is taken over at once from a collector that was killed, with its data', async () => {
    const workspace = newWorkspace()
    const first = runCollector(workspace)
    await post(await readyUrl(first), exportTraceRequest([aRun()]))
    first.child.kill('SIGKILL')
    await first.exit
    expect(discoveryOf(workspace).pid).toBe(first.pid)

    const second = runCollector(workspace)
    const url = await readyUrl(second)
    expect(discoveryOf(workspace).pid).toBe(second.pid)
    const answer = await fetch(`${url}/v1/questions/run?runId=${anId(1)}`, {
      headers: { authorization: `Bearer ${discoveryOf(workspace).token}` },
    })
    expect(await answer.json()).toMatchObject({ run: { runId: anId(1) } })
  })

  it('is taken over from a collector that hangs', async () => {
    const workspace = newWorkspace()
    const first = runCollector(workspace)
    await first.ready
    first.child.kill('SIGSTOP')
    const second = runCollector(workspace)
    await second.ready
    expect(discoveryOf(workspace).pid).toBe(second.pid)
    await until('the first is gone', () => !isAlive(first.pid))
  })

  it('is not fooled by a discovery file whose process id belongs to another program', async () => {
    const workspace = newWorkspace()
    const first = runCollector(workspace)
    await first.ready
    first.child.kill('SIGKILL')
    await first.exit
    const bystander = runCollector(newWorkspace())
    await bystander.ready
    const { discovery } = workspaceFolder(workspace)
    writeFileSync(
      discovery,
      JSON.stringify({ ...JSON.parse(JSON.stringify(discoveryOf(workspace))), pid: bystander.pid }),
    )

    const second = runCollector(workspace)
    await second.ready
    expect(discoveryOf(workspace).pid).toBe(second.pid)
    expect(isAlive(bystander.pid)).toBe(true)
  })
})

describe('a collector that cannot start', () => {
  it('names the port that is taken', async () => {
    const server = createServer()
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    const workspace = newWorkspace()
    const collector = runCollector(workspace, '--port', String(port))
    expect(await collector.exit).toBe(1)
    expect(collector.stderr()).toContain(`Port ${port} is taken`)
    expect(existsSync(workspaceFolder(workspace).discovery)).toBe(false)
    server.close()
  })

  it.each([
    [[], '--workspace is missing'],
    [['--workspace', '/', '--port', '70000'], '--port must be'],
    [['--workspace', '/', '--idle-ms', '-1'], '--idle-ms'],
    [['--workspace', '/', '--nonsense'], '--nonsense'],
  ])('says how it is used: %j', async (args, message) => {
    const collector = runCollector('', ...args)
    expect(await collector.exit).toBe(2)
    expect(collector.stderr()).toContain(message)
    expect(collector.stderr()).toContain('Usage:')
  })

  it('says that the workspace is not there', async () => {
    const collector = runCollector('/nowhere/at/all')
    expect(await collector.exit).toBe(1)
    expect(collector.stderr()).toContain('/nowhere/at/all')
  })
})
