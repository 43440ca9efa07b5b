import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CONTROL_VALUE,
  CONTROLS,
  type ControlName,
  controlKey,
  controlsFrom,
  type FlagReading,
  NO_CONTROLS,
  PUBLIC_CONTROLS,
  SERVER_CONTROLS,
} from './control.ts'

const found = (key: string, value: unknown, metadata = {}): FlagReading => ({
  key,
  value,
  variant: String(value),
  reason: 'STATIC',
  metadata,
  state: 'found',
})
const failed = (key: string): FlagReading => ({ ...found(key, null), variant: null, state: 'failed' })
const missing = (key: string): FlagReading => ({ ...found(key, null), variant: null, state: 'missing' })

describe('controlKey', () => {
  it('is the feature and the control, unless an existing flag takes its place', () => {
    expect(controlKey('draft-reply', 'enabled')).toBe('draft-reply.enabled')
    const keys = { 'draft-reply.enabled': 'my-old-flag' }
    expect(controlKey('draft-reply', 'enabled', keys)).toBe('my-old-flag')
    expect(controlKey('draft-reply', 'model', keys)).toBe('draft-reply.model')
  })
})

describe('the list of controls', () => {
  it('is split in two: what a browser may know, and what it may not', () => {
    expect([...CONTROLS].sort()).toEqual([...PUBLIC_CONTROLS, ...SERVER_CONTROLS].sort())
    expect(SERVER_CONTROLS).toEqual(['prompt', 'model'])
  })
})

describe('controlsFrom', () => {
  it('leaves everything as it is where there are no flags', () => {
    expect(controlsFrom({})).toEqual(NO_CONTROLS)
    expect(controlsFrom({ enabled: missing('a.enabled'), 'max-level': missing('a.max-level') })).toEqual(
      NO_CONTROLS,
    )
  })

  it('takes what the flags say, and names them for the record', () => {
    expect(
      controlsFrom({
        enabled: found('old', false),
        'max-level': found('a.max-level', 3),
        notice: found('a.notice', 'We are looking into it.'),
        hedge: found('a.hedge', false),
        prompt: found('a.prompt', '2'),
        model: found('a.model', 'small-1'),
      }),
    ).toEqual({
      enabled: false,
      maxLevel: 3,
      notice: 'We are looking into it.',
      hedge: false,
      purge: false,
      prompt: '2',
      model: 'small-1',
      flags: [
        { key: 'old', variant: 'false', reason: 'STATIC' },
        { key: 'a.max-level', variant: '3', reason: 'STATIC' },
        { key: 'a.notice', variant: 'We are looking into it.', reason: 'STATIC' },
        { key: 'a.hedge', variant: 'false', reason: 'STATIC' },
        { key: 'a.prompt', variant: '2', reason: 'STATIC' },
        { key: 'a.model', variant: 'small-1', reason: 'STATIC' },
      ],
    })
  })

  it('takes an empty text for none', () => {
    const before = controlsFrom({ notice: found('n', 'Hello'), prompt: found('p', '2') })
    const now = controlsFrom({ notice: found('n', ' '), prompt: found('p', '') }, before)
    expect([now.notice, now.prompt]).toEqual([null, null])
  })

  it('keeps the last good value where a flag fails, and says so', () => {
    const before = controlsFrom({ enabled: found('e', false), prompt: found('p', '2') })
    const now = controlsFrom({ enabled: failed('e'), prompt: failed('p') }, before)
    expect([now.enabled, now.prompt]).toEqual([false, '2'])
    expect(now.flags).toEqual([
      { key: 'e', variant: 'false', reason: 'STALE' },
      { key: 'p', variant: '2', reason: 'STALE' },
    ])
  })

  it('falls back to the default where a flag never said anything good', () => {
    const now = controlsFrom({ enabled: failed('e') })
    expect(now.enabled).toBe(true)
    expect(now.flags).toEqual([{ key: 'e', variant: null, reason: 'ERROR' }])
  })

  it('goes back to the default where a flag was taken away', () => {
    const before = controlsFrom({ enabled: found('e', false), notice: found('n', 'Hello') })
    expect(controlsFrom({ enabled: missing('e'), notice: missing('n') }, before)).toEqual(NO_CONTROLS)
  })

  it('purges only while the feature is off, and on through a failure', () => {
    const killed = controlsFrom({ enabled: found('e', false, { purge: true }) })
    expect(killed.purge).toBe(true)
    expect(controlsFrom({ enabled: failed('e') }, killed).purge).toBe(true)
    expect(controlsFrom({ enabled: found('e', true, { purge: true }) }, killed).purge).toBe(false)
    expect(controlsFrom({ enabled: found('e', false) }, killed).purge).toBe(false)
  })

  it('remembers when answers were last bad, also once the feature is on again', () => {
    const at = '2026-03-01T12:00:00.000Z'
    const lifted = controlsFrom({ enabled: found('e', true, { purgedAt: at }) })
    expect([lifted.purge, lifted.purgedAtEpochMs]).toEqual([false, Date.parse(at)])
    expect(controlsFrom({ enabled: failed('e') }, lifted).purgedAtEpochMs).toBe(Date.parse(at))
    expect(controlsFrom({ enabled: found('e', true) }, lifted)).not.toHaveProperty('purgedAtEpochMs')
    expect(controlsFrom({ enabled: missing('e') }, lifted)).not.toHaveProperty('purgedAtEpochMs')
    for (const nonsense of ['yesterday', 12, true])
      expect(controlsFrom({ enabled: found('e', true, { purgedAt: nonsense }) })).not.toHaveProperty(
        'purgedAtEpochMs',
      )
  })

  it('never puts nonsense in force, whatever a flag says', () => {
    const names = fc.constantFrom<ControlName>(...CONTROLS)
    fc.assert(
      fc.property(fc.dictionary(names, fc.anything()), (values) => {
        const readings = Object.fromEntries(
          Object.entries(values).map(([name, value]) => [
            name,
            { ...found('k', null), key: name, value, variant: null },
          ]),
        )
        const now = controlsFrom(readings)
        expect(typeof now.enabled).toBe('boolean')
        expect([1, 2, 3, 4, 5]).toContain(now.maxLevel)
        expect(now.notice === null || now.notice.trim().length > 0).toBe(true)
        expect(now.prompt === null || typeof now.prompt === 'string').toBe(true)
      }),
    )
  })

  it.each([
    ['enabled', 'true'],
    ['enabled', 1],
    ['max-level', 0],
    ['max-level', 6],
    ['max-level', 2.5],
    ['max-level', '3'],
    ['notice', 7],
    ['notice', 'x'.repeat(501)],
    ['hedge', null],
    ['prompt', {}],
  ] as const)('%s: %j is nonsense', (name, value) => {
    expect(CONTROL_VALUE[name](value)).toBeUndefined()
  })
})
