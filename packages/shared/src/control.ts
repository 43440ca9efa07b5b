import type { Level } from './level.ts'
import type { FlagRecord } from './run-record.ts'

/** A flag that changes a feature without a deploy: `<feature>.<name>`. */
export type ControlName = 'enabled' | 'max-level' | 'notice' | 'hedge' | 'prompt' | 'model'

/** Those that a browser may know: it shows, hides and hints by them. */
export const PUBLIC_CONTROLS = ['enabled', 'max-level', 'notice', 'hedge'] as const satisfies ControlName[]

/**
 * The variant of an `enabled` flag that is off because of what the feature said. A variant holds for whom it is
 * evaluated; the flag's own metadata, `{ "purge": true }`, says the same for everybody for whom it is off.
 */
export const PURGE_VARIANT = 'purge'

/** Those that only a server evaluates; a browser neither sees nor chooses them. */
export const SERVER_CONTROLS = ['prompt', 'model'] as const satisfies ControlName[]

// Written out, because a bundler cannot leave out what it has to spread.
export const CONTROLS = [
  'enabled',
  'max-level',
  'notice',
  'hedge',
  'prompt',
  'model',
] as const satisfies ControlName[]

/** What a browser's engine goes by. */
export interface ControlsInForce {
  /** False where the kill switch is thrown or the feature is not rolled out to this user. */
  readonly enabled: boolean
  /** The highest level that a run may start at. */
  readonly maxLevel: Level
  /** Words for an incident, in place of the moment's own; `null` for none. */
  readonly notice: string | null
  readonly hedge: boolean
  /** The feature was switched off for what it said: answers kept from before must not be shown either. */
  readonly purge: boolean
  /**
   * When it was last switched off for what it said, in milliseconds since the epoch: answers kept from before
   * are bad for good, also for a browser that was closed in the meantime and finds the feature on again. Absent
   * where it never was.
   */
  readonly purgedAtEpochMs?: number
  /** The flags behind these values, for the run record. */
  readonly flags: readonly FlagRecord[]
}

/** What a server goes by. */
export interface ServerControlsInForce extends ControlsInForce {
  /** Which prompt to send, such as `3` or `draft-reply@3`; `null` for the handler's own choice. */
  readonly prompt: string | null
  /** Which model to ask; `null` for the handler's own choice. */
  readonly model: string | null
}

/** In force where nobody says anything else. */
export const NO_CONTROLS: ServerControlsInForce = {
  enabled: true,
  maxLevel: 5,
  notice: null,
  hedge: true,
  purge: false,
  prompt: null,
  model: null,
  flags: [],
}

/** Flags that already have another name: `{ 'draft-reply.enabled': 'my-old-flag' }`. */
export type ControlKeys = Readonly<Record<string, string>>

/** The flag behind a control. */
export function controlKey(feature: string, control: ControlName, keys: ControlKeys = {}): string {
  const name = `${feature}.${control}`
  return keys[name] ?? name
}

/** How one flag was evaluated, whoever evaluated it. */
export interface FlagReading {
  readonly key: string
  readonly value: unknown
  readonly variant: string | null
  readonly reason: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  /** `missing`: there is no such flag, so its default holds. `failed`: nobody could say, so what held before holds on. */
  readonly state: 'found' | 'missing' | 'failed'
}

export type ControlReadings = Readonly<Partial<Record<ControlName, FlagReading>>>

const LONGEST_TEXT = 500

const text = (value: unknown) => {
  if (typeof value !== 'string' || value.length > LONGEST_TEXT) return undefined
  return value.trim() === '' ? null : value
}
const flag = (value: unknown) => (typeof value === 'boolean' ? value : undefined)
const level = (value: unknown) =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 5 ? (value as Level) : undefined

/** What a control's value may be; `undefined` for nonsense. An empty text is none. */
export const CONTROL_VALUE = {
  enabled: flag,
  'max-level': level,
  notice: text,
  hedge: flag,
  prompt: text,
  model: text,
} as const satisfies Record<ControlName, (value: unknown) => unknown>

/**
 * The controls that these readings put in force. A flag that failed or says nonsense leaves what was
 * in force before, and its default where nothing was.
 */
export function controlsFrom(
  readings: ControlReadings,
  before: ServerControlsInForce = NO_CONTROLS,
): ServerControlsInForce {
  const flags: FlagRecord[] = []
  const read = <Value>(
    name: ControlName,
    parse: (value: unknown) => Value | undefined,
    held: Value,
    fallback: Value,
  ): Value => {
    const reading = readings[name]
    if (reading === undefined || reading.state === 'missing') return fallback
    const { key, variant, reason } = reading
    const value = reading.state === 'found' ? parse(reading.value) : undefined
    const old = before.flags.find((record) => record.key === key)
    if (value !== undefined) flags.push({ key, variant, reason })
    else if (old !== undefined) flags.push({ ...old, reason: 'STALE' })
    else flags.push({ key, variant: null, reason: 'ERROR' })
    return value === undefined ? held : value
  }
  const enabled = read('enabled', flag, before.enabled, true)
  return {
    enabled,
    maxLevel: read('max-level', level, before.maxLevel, 5),
    notice: read<string | null>('notice', text, before.notice, null),
    hedge: read('hedge', flag, before.hedge, true),
    purge: !enabled && isPurge(readings.enabled, before),
    ...purgedAt(readings.enabled, before),
    prompt: read<string | null>('prompt', text, before.prompt, null),
    model: read<string | null>('model', text, before.model, null),
    flags,
  }
}

function isPurge(reading: FlagReading | undefined, before: ControlsInForce): boolean {
  if (reading?.state !== 'found') return before.purge
  return reading.metadata.purge === true || reading.variant === PURGE_VARIANT
}

function purgedAt(
  reading: FlagReading | undefined,
  { purgedAtEpochMs: held }: ControlsInForce,
): Pick<ControlsInForce, 'purgedAtEpochMs'> {
  const said = reading?.state === 'found' ? reading.metadata.purgedAt : undefined
  const at = typeof said === 'string' ? Date.parse(said) : Number.NaN
  if (!Number.isNaN(at)) return { purgedAtEpochMs: at }
  // What could not be asked is as it was; a flag that says nothing any more has nothing to say.
  return reading?.state === 'failed' && held !== undefined ? { purgedAtEpochMs: held } : {}
}
