import { NO_CONTROLS } from '@evenkeel/shared'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answerReply, statusReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import type { EngineOptions } from './engine.ts'
import { A, featureForTests, OMIT, PRIMARY } from './feature.test.kit.ts'

const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})

beforeEach(() => warn.mockClear())
afterEach(() => vi.unstubAllEnvs())

type Reply = Parameters<ReturnType<typeof createTestEngine>['server']['on']>[1]

/** What the console says of one run in a build of this kind. */
async function warnings(
  mode: string,
  reply: Reply,
  options: EngineOptions = {},
  ladder?: [typeof PRIMARY, typeof OMIT],
) {
  vi.stubEnv('NODE_ENV', mode)
  const { engine, server, clock } = createTestEngine({ sandbox: false, telemetry: false, ...options })
  server.on(A, reply)
  const run = engine.createRun(featureForTests({ ...(ladder && { ladder }) }))
  const settled = run.start('x')
  await clock.advance(20_000)
  const { runId } = await settled
  return warn.mock.calls.map(([words]) =>
    String(words).replace(runId, 'ID').replace(run.feature.id, 'draft-reply'),
  )
}

describe('what developers read in their console', () => {
  it('is why a run fell back, and on what, although the page looks well', async () => {
    expect(await warnings('development', statusReply(404))).toEqual([
      "evenkeel: 'draft-reply' was degraded (failure): primary http.client (HTTP 404) → template answered. Run ID",
    ])
  })

  it('is that nothing was shown', async () => {
    expect(await warnings('development', statusReply(503), {}, [PRIMARY, OMIT])).toEqual([
      "evenkeel: 'draft-reply' was omitted (failure): primary http.server (HTTP 503) → nothing shown. Run ID",
    ])
  })

  it('is who lowered the level, where nothing failed', async () => {
    const controls = { of: () => ({ ...NO_CONTROLS, maxLevel: 2 as const }), onChange: () => () => {} }
    expect(await warnings('development', answerReply(['Good']), { controls })).toEqual([
      "evenkeel: 'draft-reply' was degraded (level) at level 2, which control decided: template answered. Run ID",
    ])
  })

  it.each([
    ['a run that was answered', 'development', answerReply(['Good']), {}],
    ['a run of a preview', 'development', statusReply(404), { sandbox: true }],
    ['a production build', 'production', statusReply(404), {}],
    ['a test, which makes runs fall back on purpose', 'test', statusReply(404), {}],
  ] as const)('is nothing for %s', async (_what, mode, reply, options) => {
    expect(await warnings(mode, reply, options)).toEqual([])
  })
})
