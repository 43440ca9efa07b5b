import type { FlagReading } from '../../control.ts'
import type { Identity } from '../identity.ts'
import type { FlagSource, FlagValue } from './flag-source.ts'
import { createListeners } from './listeners.ts'

/** What OpenFeature's evaluation tells; https://openfeature.dev/specification/types#evaluation-details */
interface Details {
  readonly value: unknown
  readonly variant?: string | undefined
  readonly reason?: string | undefined
  readonly errorCode?: string | undefined
  readonly flagMetadata?: Readonly<Record<string, unknown>> | undefined
}

type Ask<Value> = (key: string, fallback: Value, context: Record<string, string>) => Promise<Details>

/** The part of `@openfeature/server-sdk`'s client that is needed, so that this package needs none of it. */
export interface OpenFeatureServerClient {
  readonly getBooleanDetails: Ask<boolean>
  readonly getStringDetails: Ask<string>
  readonly getNumberDetails: Ask<number>
  addHandler(event: never, handler: () => void): void
}

/** The events after which a flag may evaluate otherwise. */
const CHANGES = [
  'PROVIDER_CONFIGURATION_CHANGED',
  'PROVIDER_READY',
  'PROVIDER_STALE',
  'PROVIDER_ERROR',
] as const

/**
 * Flags of any OpenFeature provider.
 *
 * @example
 * await OpenFeature.setProviderAndWait(new YourVendorsProvider())
 * const controls = createControls(openFeatureFlags(OpenFeature.getClient()))
 */
export function openFeatureFlags(client: OpenFeatureServerClient): FlagSource {
  const listeners = createListeners((error) => console.error('evenkeel: a listener of flags threw', error))
  const born = Date.now().toString(36)
  let changes = 0
  for (const event of CHANGES) {
    // Their type is an enum of a package that is not ours to load.
    client.addHandler(event as never, () => {
      changes += 1
      listeners.notify()
    })
  }
  const ask = (key: string, fallback: FlagValue, context: Record<string, string>): Promise<Details> => {
    if (typeof fallback === 'boolean') return client.getBooleanDetails(key, fallback, context)
    if (typeof fallback === 'number') return client.getNumberDetails(key, fallback, context)
    return client.getStringDetails(key, fallback, context)
  }
  return {
    evaluate: async (key, fallback, identity) =>
      readingOf(key, await ask(key, fallback, contextOf(identity))),
    get version() {
      return `${born}-${changes}`
    },
    onChange: listeners.add,
  }
}

/** What rules may look at, from the session alone. */
export function contextOf({ tenant, user, cohort }: Identity): Record<string, string> {
  return {
    ...(user === null ? {} : { targetingKey: user, user }),
    ...(tenant === null ? {} : { tenant }),
    ...(cohort == null ? {} : { cohort }),
  }
}

function readingOf(key: string, details: Details): FlagReading {
  const { value, variant = null, reason = null, errorCode, flagMetadata = {} } = details
  const isMissing = errorCode === 'FLAG_NOT_FOUND' || reason === 'DISABLED'
  const state = isMissing ? 'missing' : errorCode === undefined ? 'found' : 'failed'
  return { key, value, variant, reason, metadata: flagMetadata, state }
}
