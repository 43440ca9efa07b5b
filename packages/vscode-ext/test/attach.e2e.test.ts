import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { exportTraceRequest } from '@evenkeel/shared'
import { afterEach, describe, expect, it } from 'vitest'
import { type Attachment, type AttachOptions, attachCollector } from '../src/engine/attach.ts'
import { collectorFromSource } from '../src/engine/collector/from-source.ts'
import type { Change } from '../src/engine/contract.ts'
import { anId, aRun } from '../src/engine/testing/run.ts'
import { healthOf } from '../src/engine/workspace/find-running.ts'
import { cleanUp, discoveryOf, isAlive, newWorkspace, runCollector, until } from './collector-process.ts'

const held = new Set<Attachment>()

async function attach(workspace: string, options: Partial<AttachOptions> = {}): Promise<Attachment> {
  const attachment = await attachCollector({ workspace, spawn: collectorFromSource(), ...options })
  held.add(attachment)
  return attachment
}

afterEach(async () => {
  await Promise.all([...held].map((attachment) => attachment.release()))
  held.clear()
  await cleanUp()
})

async function sendRun(url: string, number: number): Promise<void> {
  const response = await fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(exportTraceRequest([aRun({ runId: anId(number) })])),
  })
  expect(response.status).toBe(200)
}

describe('attaching', () => {
  it('starts a collector where none runs, and asks it', async () => {
    const workspace = newWorkspace()
    const window = await attach(workspace)
    expect(window.startedByUs).toBe(true)
    expect(await healthOf(window.url)).toMatchObject({ workspace, attached: 1 })
    await sendRun(window.url, 1)
    expect((await window.client.run(anId(1)))?.run).toEqual(aRun())
    expect(await window.client.run(anId(2))).toBeNull()
    expect((await window.client.environments()).environments).toMatchObject([{ name: 'production', runs: 1 }])
    const { runs } = await window.client.runs({ feature: 'draft-reply', outcome: 'answered', limit: 5 })
    expect(runs.map(({ runId }) => runId)).toEqual([anId(1)])
  })

  it('finds the one that runs', async () => {
    const workspace = newWorkspace()
    const [first, second] = await Promise.all([attach(workspace), attach(workspace)])
    expect(first.url).toBe(second.url)
    expect([first, second].filter(({ startedByUs }) => startedByUs)).toHaveLength(1)
    expect(await healthOf(first.url)).toMatchObject({ attached: 2 })
  })

  it('hears of what is stored', async () => {
    const workspace = newWorkspace()
    const window = await attach(workspace)
    const heard: Change[] = []
    window.onChange((change) => heard.push(change))
    await sendRun(window.url, 1)
    await until('a change', () => heard.length > 0)
    expect(heard).toEqual([{ features: ['draft-reply'], runs: 1, signals: 0 }])
  })

  it('without a way to start one only finds', async () => {
    const workspace = newWorkspace()
    await expect(attachCollector({ workspace })).rejects.toThrow(`No collector runs for ${workspace}`)
    await runCollector(workspace).ready
    const window = await attachCollector({ workspace })
    held.add(window)
    expect(window.startedByUs).toBe(false)
  })

  it('says in the words of the collector why it could not be started', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await expect(attach(newWorkspace(), { port })).rejects.toThrow(`Port ${port} is taken`)
    server.close()
  })

  it('takes the one that runs, whatever port is asked for: there is only one for a workspace', async () => {
    const workspace = newWorkspace()
    const first = await attach(workspace)
    const second = await attach(workspace, { port: Number(new URL(first.url).port) - 1 })
    expect(second.url).toBe(first.url)
  })

  it('says so where the command is not there', async () => {
    const spawn = { command: '/nowhere/node', args: [] }
    await expect(attach(newWorkspace(), { spawn })).rejects.toThrow('could not be started')
  })
})

describe('two windows', () => {
  it('the second keeps its live data when the first, which started the collector, is closed', async () => {
    const workspace = newWorkspace()
    const first = await attach(workspace)
    const second = await attach(workspace)
    const heard: Change[] = []
    second.onChange((change) => heard.push(change))
    await first.release({ stopIfUnattached: true })
    expect(await healthOf(second.url)).toMatchObject({ attached: 1 })
    await sendRun(second.url, 1)
    await until('a change', () => heard.length > 0)
    expect((await second.client.runs({})).runs).toHaveLength(1)
  })

  it('the last one to let go may end the collector', async () => {
    const workspace = newWorkspace()
    const window = await attach(workspace)
    const { pid } = discoveryOf(workspace)
    await window.release({ stopIfUnattached: true })
    expect(isAlive(pid)).toBe(false)
  })

  it('a collector stays when its starter only lets go', async () => {
    const workspace = newWorkspace()
    const window = await attach(workspace)
    await window.release()
    const health = await healthOf(window.url)
    expect(health?.pid).toBe(discoveryOf(workspace).pid)
    await until('nobody is attached', async () => (await healthOf(window.url))?.attached === 0)
  })

  it('an attached window keeps an idle collector running', async () => {
    const workspace = newWorkspace()
    const window = await attach(workspace, { idleMs: 300 })
    const { pid } = discoveryOf(workspace)
    await wait(1_500)
    expect(isAlive(pid)).toBe(true)
    await window.release()
    await until('it ends', () => !isAlive(pid))
  })
})

describe('a collector that is killed', () => {
  it('is started anew, on the same port and with its data, by a window that is attached', async () => {
    const workspace = newWorkspace()
    const window = await attach(workspace)
    const { url } = window
    const states: string[] = []
    const heard: Change[] = []
    window.onState((state) => states.push(state))
    window.onChange((change) => heard.push(change))
    await sendRun(url, 1)
    const { pid, token } = discoveryOf(workspace)
    process.kill(pid, 'SIGKILL')
    // Asked right away: the question waits for the next collector.
    expect((await window.client.run(anId(1)))?.run).toEqual(aRun())
    await until('attached again', () => states.includes('attached'))
    expect(states).toEqual(['lost', 'attached'])
    expect(discoveryOf(workspace).pid).not.toBe(pid)
    expect(window.url).toBe(url)
    expect(window.token).not.toBe(token)
    expect(heard.at(-1)).toEqual({ features: [], runs: 0, signals: 0 })
    await sendRun(window.url, 2)
    await until('a change', () => heard.at(-1)?.runs === 1)
  })

  it('is started on another port where its own was taken in the meantime', async () => {
    const workspace = newWorkspace()
    const window = await attach(workspace)
    const { pid, port } = discoveryOf(workspace)
    const squatter = createServer()
    process.kill(pid, 'SIGKILL')
    await until(
      'the port is free',
      () =>
        new Promise((resolve) => {
          squatter.once('error', () => resolve(false))
          squatter.listen(port, '127.0.0.1', () => resolve(true))
        }),
    )
    await until('another one runs', () => window.url !== `http://127.0.0.1:${port}`)
    expect((await window.client.environments()).environments).toEqual([])
    squatter.close()
  })

  it('is one again, whichever of three windows starts it', async () => {
    const workspace = newWorkspace()
    const windows = await Promise.all([1, 2, 3].map(() => attach(workspace)))
    const again = Promise.all(
      windows.map(
        (window) =>
          new Promise<void>((resolve) => window.onState((state) => state === 'attached' && resolve())),
      ),
    )
    const { pid } = discoveryOf(workspace)
    process.kill(pid, 'SIGKILL')
    await again
    expect(new Set(windows.map(({ url }) => url)).size).toBe(1)
    expect(await healthOf(windows[0]?.url ?? '')).toMatchObject({ attached: 3 })
  })

  it('stays gone when the window had let go', async () => {
    const workspace = newWorkspace()
    const window = await attach(workspace)
    await window.release()
    const { pid } = discoveryOf(workspace)
    process.kill(pid, 'SIGKILL')
    await wait(1_000)
    expect(discoveryOf(workspace).pid).toBe(pid)
    expect(await healthOf(window.url)).toBeNull()
    await expect(window.client.environments()).rejects.toThrow()
  })
})
