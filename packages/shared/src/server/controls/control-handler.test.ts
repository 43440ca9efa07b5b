import { describe, expect, it } from 'vitest'
import { type ControlHandlerOptions, controlHandler } from './control-handler.ts'
import { ChangeRefused, type ControlChange, type ControlState } from './control-store.ts'

const NOW = Date.UTC(2026, 0, 1)
const STATE: ControlState = {
  flag: 'a.enabled',
  feature: 'a',
  control: 'enabled',
  definition: {},
  expiresAt: null,
  isExpired: false,
}

function setUp(options: Partial<ControlHandlerOptions> = {}) {
  const changes: ControlChange[] = []
  const handler = controlHandler({
    store: {
      list: () => [STATE],
      async change(change) {
        changes.push(change)
        return [STATE]
      },
    },
    operator: (request) =>
      request.headers.get('cookie') === 'operator' ? { actor: 'Noor', role: 'on-call', tenant: null } : null,
    now: () => NOW,
    onError: () => {},
    ...options,
  })
  const ask = (path: string, method: string, body?: unknown, headers: Record<string, string> = {}) =>
    handler(
      new Request(`http://shop.example/evenkeel/controls${path}`, {
        method,
        headers: { cookie: 'operator', 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    )
  return { changes, ask }
}

const KILL = { enabled: false, reason: 'It made up refunds.' }

describe('an operator', () => {
  it('sees the controls as they stand', async () => {
    const response = await setUp().ask('', 'GET')
    expect([response.status, await response.json()]).toEqual([200, { controls: [STATE] }])
  })

  it('flips a control, with a reason and a day until somebody should look again', async () => {
    const { ask, changes } = setUp()
    expect((await ask('/draft-reply', 'PATCH', KILL)).status).toBe(200)
    expect(changes).toEqual([
      {
        feature: 'draft-reply',
        settings: { enabled: false },
        operator: { actor: 'Noor', role: 'on-call', tenant: null },
        tenant: null,
        reason: 'It made up refunds.',
        expiresAtEpochMs: NOW + 24 * 3600_000,
      },
    ])
  })

  it('may say when, for whom, and what else', async () => {
    const { ask, changes } = setUp()
    await ask('/a', 'PATCH', {
      prompt: '1',
      'max-level': 3,
      notice: null,
      tenant: 'acme',
      reason: ' drill ',
      expiresAt: '2026-02-01T00:00:00Z',
    })
    await ask('/a', 'PATCH', { ...KILL, expiresAt: null })
    expect(changes[0]).toMatchObject({
      settings: { prompt: '1', 'max-level': 3, notice: null },
      tenant: 'acme',
      reason: 'drill',
      expiresAtEpochMs: Date.UTC(2026, 1, 1),
    })
    expect(changes[1]?.expiresAtEpochMs).toBeNull()
  })

  it('of one tenant changes that tenant’s controls only', async () => {
    const { ask, changes } = setUp({ operator: () => ({ actor: 'Kim', role: 'admin', tenant: 'acme' }) })
    expect((await ask('/a', 'PATCH', KILL)).status).toBe(403)
    expect((await ask('/a', 'PATCH', { ...KILL, tenant: 'other' })).status).toBe(403)
    expect((await ask('/a', 'PATCH', { ...KILL, tenant: 'acme' })).status).toBe(200)
    expect(changes).toHaveLength(1)
  })

  it('is told by the app’s own check what cannot be', async () => {
    const check = ({ settings }: ControlChange) => (settings.prompt === '9' ? 'There is no prompt 9.' : null)
    const { ask, changes } = setUp({ check })
    const response = await ask('/a', 'PATCH', { prompt: '9', reason: 'drill' })
    expect([response.status, await response.json()]).toMatchObject([400, { title: 'There is no prompt 9.' }])
    expect(changes).toEqual([])
  })

  it('is told where a flip makes no sense as things stand', async () => {
    const store = { list: () => [], change: () => Promise.reject(new ChangeRefused('Send a rollout.')) }
    const response = await setUp({ store }).ask('/a', 'PATCH', KILL)
    expect([response.status, await response.json()]).toMatchObject([409, { title: 'Send a rollout.' }])
  })

  it('is told without its words of what failed', async () => {
    const store = { list: () => [], change: () => Promise.reject(new Error('/etc/flags: EACCES')) }
    const response = await setUp({ store }).ask('/a', 'PATCH', KILL)
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('EACCES')
  })
})

describe('anybody else', () => {
  it.each([
    ['no operator', { cookie: 'somebody' }],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another origin', { origin: 'https://evil.example' }],
  ])('sees and changes nothing: %s', async (_who, headers) => {
    const { ask, changes } = setUp()
    expect((await ask('', 'GET', undefined, headers)).status).toBe(403)
    expect((await ask('/a', 'PATCH', KILL, headers)).status).toBe(403)
    expect(changes).toEqual([])
  })
})

describe('a change that is refused', () => {
  it.each<[string, object]>([
    ['has no reason', { enabled: false }],
    ['has a blank reason', { ...KILL, reason: ' ' }],
    ['has an endless reason', { ...KILL, reason: 'x'.repeat(501) }],
    ['changes nothing', { reason: 'drill' }],
    ['names no control', { ...KILL, enabld: true }],
    ['has no truth value', { enabled: 'false', reason: 'drill' }],
    ['purges what is on', { enabled: true, purge: true, reason: 'drill' }],
    ['has a level that there is not', { 'max-level': 6, reason: 'drill' }],
    ['has an endless notice', { notice: 'x'.repeat(501), reason: 'drill' }],
    ['has a rollout over a hundred', { rollout: { percent: 101, cohorts: [] }, reason: 'drill' }],
    ['has a rollout without cohorts', { rollout: { percent: 5 }, reason: 'drill' }],
    [
      'has a rollout of one tenant',
      { rollout: { percent: 5, cohorts: [] }, tenant: 'acme', reason: 'drill' },
    ],
    ['rolls out and kills', { ...KILL, rollout: { percent: 5, cohorts: [] } }],
    ['expires in the past', { ...KILL, expiresAt: '2020-01-01T00:00:00Z' }],
    ['expires in ten years', { ...KILL, expiresAt: '2036-01-01T00:00:00Z' }],
    ['expires at no time', { ...KILL, expiresAt: 'soon' }],
    ['is for a tenant without a name', { ...KILL, tenant: '' }],
    ['is a list', [KILL]],
  ])('%s', async (_what, body) => {
    const { ask, changes } = setUp()
    const response = await ask('/a', 'PATCH', body)
    expect([response.status, changes.length]).toEqual([400, 0])
  })

  it('is no JSON, too large, of another type, or at another path', async () => {
    const { ask } = setUp()
    expect((await ask('/a', 'PATCH', '{')).status).toBe(400)
    expect((await ask('/a', 'PATCH', { ...KILL, reason: 'x'.repeat(20_000) })).status).toBe(413)
    expect((await ask('/a', 'PATCH', KILL, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await ask('/Not-A-Feature', 'PATCH', KILL)).status).toBe(404)
    expect((await ask('/a', 'DELETE')).status).toBe(405)
    expect((await ask('', 'PATCH', KILL)).status).toBe(405)
  })
})
