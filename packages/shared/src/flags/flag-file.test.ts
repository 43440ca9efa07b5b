import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ControlChange } from '../server/controls/control-store.ts'
import { type FlagFile, type FlagFileOptions, openFlagFile } from './flag-file.ts'
import type { Reminder } from './reminders.ts'

const ANYONE = { tenant: 'acme', user: 'u1' }
const ON = {
  state: 'ENABLED',
  variants: { on: true, off: false },
  defaultVariant: 'on',
  metadata: { public: true },
}

let folder = ''
let path = ''
const opened: FlagFile[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flags-'))
  path = join(folder, 'flags.json')
})
afterEach(() => {
  for (const file of opened.splice(0)) file.close()
  rmSync(folder, { recursive: true, force: true })
})

const write = (flags: object) => writeFileSync(path, JSON.stringify({ flags }))
const enabled = (file: FlagFile, key = 'a.enabled') => file.evaluate(key, true, ANYONE)
const auditLines = () =>
  readFileSync(join(folder, 'flags.audit.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

async function open(options: FlagFileOptions = {}) {
  const errors: unknown[] = []
  const reminders: Reminder[] = []
  const file = await openFlagFile(path, {
    watchEveryMs: 10,
    onError: (error) => errors.push(error),
    onReminder: (reminder) => reminders.push(reminder),
    ...options,
  })
  opened.push(file)
  return { file, errors, reminders }
}

function flip(change: Partial<ControlChange> = {}): ControlChange {
  return {
    feature: 'a',
    settings: { enabled: false },
    operator: { actor: 'Noor', role: 'on-call', tenant: null },
    tenant: null,
    reason: 'It made up refunds.',
    expiresAtEpochMs: Date.UTC(2100, 0, 1),
    ...change,
  }
}

describe('a flag file', () => {
  it('is evaluated as it stands, and again as soon as it changes', async () => {
    write({ 'a.enabled': ON })
    const { file } = await open()
    const before = file.version
    expect(enabled(file)).toMatchObject({ value: true, variant: 'on', reason: 'STATIC', state: 'found' })
    const heard = vi.fn()
    file.onChange(heard)
    write({ 'a.enabled': { ...ON, defaultVariant: 'off' } })
    await vi.waitFor(() => expect(enabled(file).value).toBe(false))
    expect(heard).toHaveBeenCalledTimes(1)
    expect(file.version).not.toBe(before)
  })

  it.each([
    ['no JSON', '{ "flags": {'],
    ['no flags', '{ "flugs": {} }'],
    [
      'a variant that is not there',
      JSON.stringify({ flags: { 'a.enabled': { ...ON, defaultVariant: 'maybe' } } }),
    ],
    [
      'a rule that does not exist',
      JSON.stringify({ flags: { 'a.enabled': { ...ON, targeting: { guess: [1] } } } }),
    ],
    ['nothing', ''],
  ])('that becomes broken (%s) keeps its last good values and tells the team once', async (_what, text) => {
    write({ 'a.enabled': { ...ON, defaultVariant: 'off' } })
    const { file, errors } = await open()
    writeFileSync(path, text)
    await vi.waitFor(() => expect(errors).toHaveLength(1))
    await file.reload()
    expect([enabled(file).value, errors.length]).toEqual([false, 1])
    write({ 'a.enabled': ON })
    await vi.waitFor(() => expect(enabled(file).value).toBe(true))
  })

  it('that is not there yet leaves every flag at its default, and is read once it comes', async () => {
    const { file, errors } = await open()
    expect(enabled(file).state).toBe('missing')
    expect(errors).toHaveLength(1)
    write({ 'a.enabled': { ...ON, defaultVariant: 'off' } })
    await vi.waitFor(() => expect(enabled(file).value).toBe(false))
  })

  it('leaves a disabled flag and one without a default to whoever asks', async () => {
    write({
      'a.enabled': { ...ON, state: 'DISABLED' },
      'a.prompt': { ...ON, variants: { 1: '1' }, defaultVariant: null },
    })
    const { file } = await open()
    expect(enabled(file).state).toBe('missing')
    expect(file.evaluate('a.prompt', '', ANYONE).value).toBe('')
    expect(file.evaluatePublic(ANYONE).map(({ key }) => key)).toEqual([])
  })

  it('says of a flag of another type that it failed', async () => {
    write({ 'a.max-level': ON })
    const { file } = await open()
    expect(file.evaluate('a.max-level', 5, ANYONE).state).toBe('failed')
  })

  it('lists what is marked public, and nothing else', async () => {
    write({
      'a.enabled': ON,
      'a.prompt': { ...ON, metadata: { public: false } },
      other: { ...ON, metadata: {} },
    })
    const { file } = await open()
    expect(file.evaluatePublic(ANYONE).map(({ key }) => key)).toEqual(['a.enabled'])
  })
})

describe('a flip', () => {
  it('is in force at once, in the file, and in the audit log with who, why and until when', async () => {
    write({ 'a.enabled': ON, other: ON })
    const { file } = await open({ now: () => Date.UTC(2026, 0, 1) })
    const states = await file.change(flip())
    expect(enabled(file).value).toBe(false)
    expect(states).toMatchObject([{ flag: 'a.enabled', control: 'enabled', feature: 'a', isExpired: false }])
    const { flags } = JSON.parse(readFileSync(path, 'utf8'))
    expect(flags.other).toEqual(ON)
    expect(flags['a.enabled']).toMatchObject({
      defaultVariant: 'off',
      metadata: { actor: 'Noor', reason: 'It made up refunds.', expiresAt: '2100-01-01T00:00:00.000Z' },
    })
    expect(auditLines()).toEqual([
      {
        event: 'changed',
        at: '2026-01-01T00:00:00.000Z',
        actor: 'Noor',
        role: 'on-call',
        scope: { tenant: null },
        feature: 'a',
        reason: 'It made up refunds.',
        expiresAt: '2100-01-01T00:00:00.000Z',
        flags: [{ flag: 'a.enabled', before: ON, after: flags['a.enabled'] }],
      },
    ])
  })

  it('for bad answers says since when, and still says so after it was lifted', async () => {
    write({ 'a.enabled': ON })
    let now = Date.UTC(2026, 0, 1)
    const { file } = await open({ now: () => now })
    const at = '2026-01-01T00:00:00.000Z'
    await file.change(flip({ settings: { enabled: false, purge: true } }))
    expect(enabled(file)).toMatchObject({ value: false, variant: 'purge', metadata: { purgedAt: at } })
    now += 3_600_000
    await file.change(flip({ settings: { enabled: true } }))
    await file.change(flip({ settings: { enabled: false } }))
    expect(enabled(file)).toMatchObject({ value: false, variant: 'off', metadata: { purgedAt: at } })
  })

  it('makes the flag, and the file, where there is none', async () => {
    const { file } = await open()
    await file.change(flip({ settings: { prompt: '1' } }))
    expect(file.evaluate('a.prompt', '', ANYONE).value).toBe('1')
    expect(auditLines()[0].flags[0].before).toBeNull()
  })

  it('goes to the flag that stands behind the control', async () => {
    write({ 'my-old-flag': ON })
    const { file } = await open({ keys: { 'a.enabled': 'my-old-flag' } })
    await file.change(flip())
    expect(enabled(file, 'my-old-flag').value).toBe(false)
    expect(file.list()).toMatchObject([{ flag: 'my-old-flag', feature: 'a', control: 'enabled' }])
  })

  it('works on the file as it is, not as it was read', async () => {
    write({ 'a.enabled': ON })
    const { file } = await open({ watchEveryMs: 60_000 })
    write({ 'a.enabled': ON, 'b.enabled': { ...ON, defaultVariant: 'off' } })
    await file.change(flip())
    expect([enabled(file).value, enabled(file, 'b.enabled').value]).toEqual([false, false])
  })

  it('one after the other loses none', async () => {
    const { file } = await open()
    const features = Array.from({ length: 20 }, (_, index) => `f${index}`)
    await Promise.all(features.map((feature) => file.change(flip({ feature }))))
    expect(features.filter((feature) => enabled(file, `${feature}.enabled`).value === true)).toEqual([])
    expect(auditLines()).toHaveLength(20)
  })

  it('over a broken file is refused, and the file is left for whoever can mend it', async () => {
    write({ 'a.enabled': ON })
    const { file } = await open()
    writeFileSync(path, '{ broken')
    await expect(file.change(flip())).rejects.toThrow()
    expect(readFileSync(path, 'utf8')).toBe('{ broken')
    await expect(file.change(flip())).rejects.toThrow()
  })

  it('that cannot be written down is not done', async () => {
    write({ 'a.enabled': ON })
    const { file } = await open({ auditLog: join(folder, 'no', 'such', 'folder.jsonl') })
    await expect(file.change(flip())).rejects.toThrow()
    expect(enabled(file).value).toBe(true)
    expect(JSON.parse(readFileSync(path, 'utf8')).flags['a.enabled']).toEqual(ON)
  })

  it('leaves a link a link, the file’s rights as they were, and no draft behind', async () => {
    const real = join(folder, 'real.json')
    writeFileSync(real, JSON.stringify({ flags: { 'a.enabled': ON } }), { mode: 0o600 })
    symlinkSync(real, path)
    const { file } = await open()
    await file.change(flip())
    expect(JSON.parse(readFileSync(real, 'utf8')).flags['a.enabled'].defaultVariant).toBe('off')
    expect(statSync(real).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).sort()).toEqual(['flags.audit.jsonl', 'flags.json', 'real.json'])
  })
})

describe('a time to look again', () => {
  it('reminds once when it has come, and changes nothing', async () => {
    let now = Date.UTC(2026, 0, 1)
    const { file, reminders } = await open({ now: () => now })
    await file.change(flip({ expiresAtEpochMs: now + 60_000 }))
    expect(reminders).toEqual([])
    now += 60_000
    await vi.waitFor(() => expect(reminders).toHaveLength(1), { timeout: 3_000 })
    expect(reminders[0]).toMatchObject({ flag: 'a.enabled', actor: 'Noor', reason: 'It made up refunds.' })
    expect(enabled(file).value).toBe(false)
    expect(file.list()[0]?.isExpired).toBe(true)
    await vi.waitFor(() => expect(auditLines().map(({ event }) => event)).toEqual(['changed', 'reminded']))
  })

  it('that passed while nobody ran reminds at the next start', async () => {
    write({ 'a.enabled': { ...ON, metadata: { expiresAt: '2020-01-01T00:00:00Z', actor: 'Noor' } } })
    expect((await open()).reminders).toHaveLength(1)
  })
})
