import {
  type ControlKeys,
  type ControlName,
  type ControlsInForce,
  controlKey,
  controlsFrom,
  type FlagReading,
  NO_CONTROLS,
  PUBLIC_CONTROLS,
  type ServerControlsInForce,
} from '@evenkeel/shared'
import { type EvaluationDetails, type FlagValue, ProviderEvents } from '@openfeature/web-sdk'
import type { Controls } from './controls.ts'

type Ask<Value extends FlagValue> = (key: string, fallback: Value) => EvaluationDetails<Value>

/** The part of an OpenFeature web client that is needed. */
export interface OpenFeatureWebClient {
  readonly getBooleanDetails: Ask<boolean>
  readonly getStringDetails: Ask<string>
  readonly getNumberDetails: Ask<number>
  addHandler(event: ProviderEvents, handler: () => void): void
  removeHandler(event: ProviderEvents, handler: () => void): void
}

/** Controls that stop listening where they are no longer wanted. */
export interface ClosableControls extends Controls {
  close(): void
}

export interface OpenFeatureControlsOptions {
  /** Flags that have another name already: `{ 'draft-reply.enabled': 'my-old-flag' }`. */
  readonly keys?: ControlKeys
}

/** After these a flag may say something else. */
const CHANGES = [
  ProviderEvents.Ready,
  ProviderEvents.ConfigurationChanged,
  ProviderEvents.ContextChanged,
  ProviderEvents.Error,
] as const

/**
 * Controls over whatever provider an OpenFeature web client has. A flag that fails or says nonsense keeps its last good
 * value, then its default.
 *
 * @example
 * OpenFeature.setProvider(new YourVendorsProvider())
 * const controls = openFeatureControls(OpenFeature.getClient())
 */
export function openFeatureControls(
  client: OpenFeatureWebClient,
  { keys }: OpenFeatureControlsOptions = {},
): ClosableControls {
  const held = new Map<string, ServerControlsInForce>()
  const listeners = new Set<() => void>()

  function details(feature: string, control: ControlName): FlagReading {
    const key = controlKey(feature, control, keys)
    const fallback = FALLBACKS[control]
    const { value, variant, reason, errorCode, flagMetadata } =
      typeof fallback === 'boolean'
        ? client.getBooleanDetails(key, fallback)
        : typeof fallback === 'number'
          ? client.getNumberDetails(key, fallback)
          : client.getStringDetails(key, fallback)
    const state = errorCode === undefined ? 'found' : errorCode === 'FLAG_NOT_FOUND' ? 'missing' : 'failed'
    return { key, value, variant: variant ?? null, reason: reason ?? null, metadata: flagMetadata, state }
  }

  /** What the flags say now; the object from before where they say the same. */
  function look(feature: string): ServerControlsInForce {
    const before = held.get(feature)
    const readings = Object.fromEntries(PUBLIC_CONTROLS.map((name) => [name, details(feature, name)]))
    const now = controlsFrom(readings, before)
    if (before !== undefined && JSON.stringify(now) === JSON.stringify(before)) return before
    held.set(feature, now)
    return now
  }

  function onEvent(): void {
    let isChanged = false
    for (const [feature, before] of [...held]) if (look(feature) !== before) isChanged = true
    if (isChanged) for (const listener of [...listeners]) listener()
  }

  for (const event of CHANGES) client.addHandler(event, onEvent)
  return {
    of: (featureId): ControlsInForce => held.get(featureId) ?? look(featureId),
    onChange(listener) {
      const own = () => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    close() {
      for (const event of CHANGES) client.removeHandler(event, onEvent)
      listeners.clear()
    },
  }
}

const FALLBACKS = {
  enabled: NO_CONTROLS.enabled,
  'max-level': NO_CONTROLS.maxLevel,
  notice: '',
  hedge: NO_CONTROLS.hedge,
  prompt: '',
  model: '',
} as const satisfies Record<ControlName, FlagValue>
