import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ProductServer, startServer } from './server.ts'

const INPUT = { customer: 'Example Ltd', subject: 'Invoice', body: 'I was charged twice.' }
const SHIPPED = readFileSync(new URL('../flags.json', import.meta.url), 'utf8')

let folder = ''
let server: ProductServer
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-flags-'))
  writeFileSync(join(folder, 'flags.json'), SHIPPED)
  server = await startServer({
    port: 0,
    collectorUrl: () => null,
    environment: 'test',
    pages: 'none',
    simulation: { seed: 1, speed: 50 },
    flagsFile: join(folder, 'flags.json'),
  })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const draft = () =>
  fetch(`${server.url}/api/ai/draft-reply`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ input: INPUT }),
  })
const flip = (change: object) =>
  fetch(`${server.url}/evenkeel/controls/draft-reply`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'drill', ...change }),
  })
const versionOf = async (response: Response) => {
  await response.body?.cancel()
  return /version="(\d+)"/.exec(response.headers.get('evenkeel') ?? '')?.[1]
}

it('the prompt is rolled back for the next draft, and the answer says which one wrote it', async () => {
  expect(await versionOf(await draft())).toBe('3')
  expect((await flip({ prompt: '2' })).status).toBe(200)
  expect(await versionOf(await draft())).toBe('2')
  await flip({ prompt: '3' })
})

it('a version that there is not cannot be put in force', async () => {
  const response = await flip({ prompt: '7' })
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { title: 'There is no version 7 of this prompt; there are 1, 2, 3.' },
  ])
})

it('the kill switch refuses drafts until it is lifted, and every flip is in the audit log', async () => {
  await flip({ enabled: false })
  const refused = await draft()
  expect([refused.status, refused.headers.get('evenkeel')]).toEqual([403, 'failed="disabled"'])
  await flip({ enabled: true })
  expect((await draft()).status).toBe(200)
  const log = readFileSync(join(folder, 'flags.audit.jsonl'), 'utf8')
  expect(log.trim().split('\n').length).toBeGreaterThanOrEqual(2)
  expect(log).toContain('"reason":"drill"')
})

it('pages are told the public flags, and never the prompt', async () => {
  const response = await fetch(`${server.url}/evenkeel/ofrep/v1/evaluate/flags`, { method: 'POST' })
  const { flags } = (await response.json()) as { flags: { key: string }[] }
  expect(flags.map(({ key }) => key)).toEqual([
    'classify-ticket.enabled',
    'classify-ticket.max-level',
    'classify-ticket.notice',
    'draft-reply.enabled',
    'draft-reply.max-level',
    'draft-reply.notice',
    'weekly-digest.enabled',
    'weekly-digest.max-level',
    'weekly-digest.notice',
  ])
})

it('flips from another site’s page are refused', async () => {
  const response = await fetch(`${server.url}/evenkeel/controls/draft-reply`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
    body: JSON.stringify({ enabled: false, reason: 'mine' }),
  })
  expect(response.status).toBe(403)
})

it('telemetry still finds its way beside the flags', async () => {
  const response = await fetch(`${server.url}/evenkeel/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"resourceSpans":[]}',
  })
  expect(response.status).toBe(503)
})
