import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../engine/contract.ts'
import { createFakeSource } from './fake-source.ts'
import type { FiguresState } from './figures-store.ts'
import type { LinkState } from './link.ts'
import { situationOf, trouble } from './situation.ts'

const source = createFakeSource()
const attached: LinkState = { status: 'attached', source, workspace: '/product', url: 'http://127.0.0.1:1' }
const problem = { error: 'It is not there.', hint: 'Start it.' }
const figures = (changes: Partial<FiguresState> = {}): FiguresState => ({
  loaded: true,
  environments: [],
  environment: undefined,
  windowMs: DAY_MS,
  features: [],
  error: null,
  ...changes,
})
const some = { environments: [{ name: 'production', lastSeenEpochMs: 0, runs: 1 }] }

describe('where a window stands', () => {
  it.each<[string, LinkState, FiguresState]>([
    ['no-folder', { status: 'off', why: 'no-folder' }, figures({ loaded: false })],
    ['untrusted', { status: 'off', why: 'untrusted' }, figures({ loaded: false })],
    ['attaching', { status: 'attaching' }, figures({ loaded: false })],
    ['attaching', attached, figures({ loaded: false })],
    ['no-runs', attached, figures()],
    ['failed', { status: 'failed', error: problem }, figures({ error: problem })],
    ['failed', attached, figures({ error: problem })],
    ['ready', attached, figures(some)],
    ['ready', { status: 'failed', error: problem }, figures(some)],
  ])('%s', (situation, link, state) => {
    expect(situationOf(link, state)).toBe(situation)
  })

  it('says what is wrong and what to do, and nothing where nothing is', () => {
    expect(trouble({ status: 'failed', error: problem }, figures(some))).toBe('It is not there. Start it.')
    expect(trouble(attached, figures({ error: problem }))).toBe('It is not there. Start it.')
    expect(trouble({ status: 'lost' }, figures(some))).toContain('is being started again')
    expect(trouble(attached, figures(some))).toBeUndefined()
  })
})
