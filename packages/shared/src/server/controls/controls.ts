import {
  CONTROLS,
  type ControlKeys,
  type ControlName,
  controlKey,
  controlsFrom,
  type FlagReading,
  NO_CONTROLS,
  type ServerControlsInForce,
} from '../../control.ts'
import type { Identity } from '../identity.ts'
import type { FlagSource, FlagValue } from './flag-source.ts'
import { createLastGood } from './last-good.ts'

/** A feature's controls, evaluated on the server for whoever the session says is asking. */
export interface Controls {
  /** What is in force for this identity now. It never rejects: a source that is down leaves the last good values, then the defaults. */
  of(feature: string, identity: Identity): Promise<ServerControlsInForce>
  /** The flag behind a control, after the mapping. */
  keyOf(feature: string, control: ControlName): string
  readonly source: FlagSource
  /** Called when something may have changed; returns the unsubscribe. */
  onChange(listener: () => void): () => void
}

export interface ControlsOptions {
  /** Flags that have another name already: `{ 'draft-reply.enabled': 'my-old-flag' }`. */
  readonly keys?: ControlKeys
  /** How long a source may take; then it counts as down for this request. 1 s where absent. */
  readonly timeoutMs?: number
  /** Hears of a source that throws or takes too long; writes it to the console where absent. */
  readonly onError?: (error: unknown) => void
}

const TIMEOUT_MS = 1_000

/** What is passed to a source as its own default, which says of which type the flag is. */
export const CONTROL_FALLBACK: Readonly<Record<ControlName, FlagValue>> = {
  enabled: NO_CONTROLS.enabled,
  'max-level': NO_CONTROLS.maxLevel,
  notice: '',
  hedge: NO_CONTROLS.hedge,
  prompt: '',
  model: '',
}

/**
 * Controls over any source of flags.
 *
 * @example
 * const controls = createControls(await openFlagFile('flags.json'))
 * const handler = withEvenkeel('draft-reply', answer, { controls, identify: sessionOf })
 */
export function createControls(source: FlagSource, options: ControlsOptions = {}): Controls {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS
  const lastGood = createLastGood()
  const onError =
    options.onError ?? ((error: unknown) => console.error('evenkeel: flags could not be evaluated', error))
  const keyOf = (feature: string, control: ControlName) => controlKey(feature, control, options.keys)

  function evaluate(feature: string, control: ControlName, identity: Identity) {
    const key = keyOf(feature, control)
    try {
      return source.evaluate(key, CONTROL_FALLBACK[control], identity)
    } catch (error) {
      onError(error)
      return failed(key)
    }
  }

  async function settled(key: string, reading: FlagReading | Promise<FlagReading>): Promise<FlagReading> {
    if (!(reading instanceof Promise)) return reading
    try {
      return await inTime(reading, timeoutMs, key)
    } catch (error) {
      onError(error)
      return failed(key)
    }
  }

  return {
    source,
    keyOf,
    onChange: (listener) => source.onChange(listener),
    async of(feature, identity) {
      const readings = CONTROLS.map((name) => [name, evaluate(feature, name, identity)] as const)
      const known = Object.fromEntries(
        await Promise.all(
          readings.map(
            async ([name, reading]) => [name, await settled(keyOf(feature, name), reading)] as const,
          ),
        ),
      )
      return lastGood.hold(feature, identity, (before) => controlsFrom(known, before))
    },
  }
}

function failed(key: string): FlagReading {
  return { key, value: null, variant: null, reason: 'ERROR', metadata: {}, state: 'failed' }
}

async function inTime<Value>(promised: Promise<Value>, timeoutMs: number, key: string): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Flag '${key}' was not evaluated in ${timeoutMs} ms.`)),
      timeoutMs,
    )
  })
  try {
    return await Promise.race([promised, late])
  } finally {
    clearTimeout(timer)
  }
}
