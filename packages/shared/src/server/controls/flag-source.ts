import type { FlagReading } from '../../control.ts'
import type { Identity } from '../identity.ts'

/** What a flag may hold that a control is made of. */
export type FlagValue = boolean | string | number

/** Whoever evaluates flags: a flagd definition file (`@evenkeel/shared/flags`) or any OpenFeature provider. */
export interface FlagSource {
  /** Evaluates one flag for somebody. It never throws: `failed` is an answer. */
  evaluate(key: string, fallback: FlagValue, identity: Identity): FlagReading | Promise<FlagReading>
  /** Every flag that is marked public, where the source can list them. */
  evaluatePublic?(identity: Identity): readonly FlagReading[]
  /** Another text whenever a flag may have changed. */
  readonly version: string
  /** Called when a flag may have changed; returns the unsubscribe. */
  onChange(listener: () => void): () => void
}
