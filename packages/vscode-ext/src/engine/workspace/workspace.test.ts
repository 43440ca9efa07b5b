import { spawn } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { claim } from './claim.ts'
import { type Discovery, readDiscovery, removeDiscovery, writeDiscovery } from './discovery.ts'
import { findRunning } from './find-running.ts'
import { createFolder, type WorkspaceFolder, workspaceFolder } from './folder.ts'
import { acquireLock } from './lock.ts'

// Whole stores are filled here, on machines that do other things too.
vi.setConfig({ testTimeout: 60_000 })

let workspace = ''
let folder: WorkspaceFolder

beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), 'evenkeel-')))
  folder = workspaceFolder(workspace)
})

afterEach(() => rmSync(workspace, { recursive: true, force: true }))

const discovery: Discovery = {
  pid: process.pid,
  port: 1,
  token: 't',
  version: '0.1.0',
  startedAt: '2026-01-01T00:00:00.000Z',
}
const mode = (path: string) => statSync(path).mode & 0o777

describe('the folder of a workspace', () => {
  it('is private and ignores itself', () => {
    createFolder(folder)
    expect(mode(folder.folder)).toBe(0o700)
    expect(readFileSync(join(folder.folder, '.gitignore'), 'utf8')).toBe('*\n')
  })

  it('becomes private where it was not', () => {
    mkdirSync(folder.folder)
    chmodSync(folder.folder, 0o755)
    createFolder(folder)
    expect(mode(folder.folder)).toBe(0o700)
  })

  it('is refused where it is a link to somewhere else', () => {
    mkdirSync(join(workspace, 'elsewhere'))
    symlinkSync(join(workspace, 'elsewhere'), folder.folder)
    expect(() => createFolder(folder)).toThrow('not a folder of its own')
  })

  it('has one name, whichever link leads to the workspace', () => {
    symlinkSync(workspace, `${workspace}-link`)
    expect(workspaceFolder(`${workspace}-link`)).toEqual(folder)
    rmSync(`${workspace}-link`)
  })

  it('is not made where there is no workspace', () => {
    writeFileSync(join(workspace, 'file'), '')
    expect(() => workspaceFolder(join(workspace, 'nowhere'))).toThrow('nowhere is not a folder')
    expect(() => workspaceFolder(join(workspace, 'file'))).toThrow('is not a folder')
  })
})

describe('the discovery file', () => {
  beforeEach(() => createFolder(folder))

  it('comes back as it was written, readable by its user only', () => {
    writeDiscovery(folder, discovery)
    expect(readDiscovery(folder)).toEqual(discovery)
    expect(mode(folder.discovery)).toBe(0o600)
    removeDiscovery(folder)
    expect(readDiscovery(folder)).toBeNull()
  })

  it('is written over what stood there, even where that could be read by all', () => {
    writeFileSync(folder.discovery, 'old', { mode: 0o644 })
    writeDiscovery(folder, discovery)
    expect(mode(folder.discovery)).toBe(0o600)
  })

  it.each(['', '{', '[]', 'null', '{"pid":1}', JSON.stringify({ ...discovery, port: '1' })])(
    'that says %j is none',
    (content) => {
      writeFileSync(folder.discovery, content)
      expect(readDiscovery(folder)).toBeNull()
    },
  )
})

describe('finding the running collector', () => {
  const serve = async (health: object, status = 200) => {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(health))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    return { server, port: typeof address === 'object' && address !== null ? address.port : 0 }
  }

  it.each([
    ['the one that the file means', (own: object) => own, 200, true],
    ['another process', (own: object) => ({ ...own, pid: 1 }), 200, false],
    ['another workspace', (own: object) => ({ ...own, workspace: '/other' }), 200, false],
    ['some other server', () => ({ hello: 'world' }), 200, false],
    ['a server that fails', (own: object) => own, 500, false],
  ])('where %s answers', async (_, answer, status, found) => {
    createFolder(folder)
    const { server, port } = await serve(answer({ status: 'ok', pid: discovery.pid, workspace }), status)
    writeDiscovery(folder, { ...discovery, port })
    expect(await findRunning(folder)).toEqual(found ? { ...discovery, port } : null)
    server.close()
  })

  it('finds none where nobody listens', async () => {
    createFolder(folder)
    expect(await findRunning(folder)).toBeNull()
    writeDiscovery(folder, discovery)
    expect(await findRunning(folder)).toBeNull()
  })
})

describe('the lock', () => {
  beforeEach(() => createFolder(folder))

  it('is had by one at a time', () => {
    const lock = acquireLock(folder.lock)
    expect(lock).not.toBeNull()
    expect(acquireLock(folder.lock)).toBeNull()
    lock?.release()
    const again = acquireLock(folder.lock)
    expect(again).not.toBeNull()
    again?.release()
  })

  it('is free as soon as its process was killed', async () => {
    const program = `
      const { DatabaseSync } = require('node:sqlite')
      new DatabaseSync(${JSON.stringify(folder.lock)}).exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
      console.log('held'); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    expect(acquireLock(folder.lock)).toBeNull()
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
    const lock = acquireLock(folder.lock)
    expect(lock).not.toBeNull()
    lock?.release()
  })

  it('is waited for while its holder only starts or stops', async () => {
    const holder = acquireLock(folder.lock)
    const claimed = claim(folder)
    setTimeout(() => holder?.release(), 200)
    const result = await claimed
    expect('lock' in result).toBe(true)
    if ('lock' in result) result.lock.release()
  })

  it('clears away what a collector that is gone had written', async () => {
    writeDiscovery(folder, discovery)
    const result = await claim(folder)
    expect(readDiscovery(folder)).toBeNull()
    if ('lock' in result) result.lock.release()
  })
})
