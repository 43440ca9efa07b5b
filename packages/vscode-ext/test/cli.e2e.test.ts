import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { exportTraceRequest } from '@evenkeel/shared'
import { afterAll, describe, expect, it } from 'vitest'
import { anId, aRun } from '../src/engine/testing/run.ts'
import { cleanUp, discoveryOf, isAlive, newWorkspace, runCollector, until } from './collector-process.ts'

const CLI = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

afterAll(cleanUp)

const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['--conditions=evenkeel-source', CLI, ...args])

describe('the command line', () => {
  it('asks the collector that runs, and leaves it running', async () => {
    const workspace = newWorkspace()
    const collector = runCollector(workspace)
    await collector.ready
    const { port, pid } = discoveryOf(workspace)
    await fetch(`http://127.0.0.1:${port}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(exportTraceRequest([aRun({ startedAtEpochMs: Date.now() })])),
    })
    const { stdout } = await run('runs', '--workspace', workspace)
    expect(stdout).toContain(anId(1))
    expect((await run('collector', '--workspace', workspace)).stdout).toContain(
      `127.0.0.1:${port}, process ${pid}`,
    )
    expect((await run('collector', 'stop', '--workspace', workspace)).stdout).toContain('has ended')
    expect(await collector.exit).toBe(0)
    expect((await run('collector', '--workspace', workspace)).stdout).toContain('No collector runs')
  })

  it('starts one where none runs, and ends it after the answer', async () => {
    const workspace = newWorkspace()
    const { stdout } = await run('features', '--workspace', workspace)
    expect(stdout).toBe('No runs in the last 24 h.\n')
    expect(() => discoveryOf(workspace)).toThrow()
  })

  it('leaves a collector to the editor that is attached', async () => {
    const workspace = newWorkspace()
    const collector = runCollector(workspace)
    await collector.ready
    const { port, token } = discoveryOf(workspace)
    const editor = new AbortController()
    const changes = await fetch(`http://127.0.0.1:${port}/v1/changes`, {
      headers: { authorization: `Bearer ${token}` },
      signal: editor.signal,
    })
    expect(changes.status).toBe(200)
    expect((await run('collector', 'stop', '--workspace', workspace)).stdout).toContain('stays')
    expect(isAlive(collector.pid)).toBe(true)
    editor.abort()
    await until('it may end', async () =>
      (await run('collector', 'stop', '--workspace', workspace)).stdout.includes('has ended'),
    )
  })

  it('ends with code 2 and how it is used where it is used wrongly', async () => {
    await expect(run('fetures')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('Usage:') })
    await expect(run('run', 'abc', '--workspace', newWorkspace())).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no run id'),
    })
  })
})
