import type { Logger } from '@openfeature/core'
import { FlagdCore, MemoryStorage } from '@openfeature/flagd-core'
import type { FlagReading } from '../control.ts'
import type { FlagValue } from '../server/controls/flag-source.ts'
import { contextOf } from '../server/controls/open-feature.ts'
import type { Identity } from '../server/identity.ts'

/** Evaluates the flags of one definition file. */
export interface Evaluator {
  evaluate(key: string, fallback: FlagValue, identity: Identity): FlagReading
  /** Every flag whose metadata says `public`. */
  evaluatePublic(identity: Identity): readonly FlagReading[]
}

const SILENT: Logger = { error() {}, warn() {}, info() {}, debug() {} }
/** Compiled rules are made by `new Function`, which a strict policy forbids, and then every flag is its default. */
const INTERPRETED = { disableDynamicCodeGeneration: true }

/**
 * Reads the text of a flagd definition file.
 * @throws Error where any part of it is not as flagd's schema wants it.
 */
export function createEvaluator(text: string): Evaluator {
  const storage = new MemoryStorage(SILENT, INTERPRETED)
  storage.setConfigurations(text, true)
  const core = new FlagdCore(storage, SILENT, INTERPRETED)
  return {
    evaluate(key, fallback, identity) {
      const type = typeof fallback as 'boolean' | 'string' | 'number'
      const { value, variant, reason, flagMetadata, errorCode } = core.resolve(
        type,
        key,
        fallback,
        contextOf(identity),
      )
      const isMissing = errorCode === 'FLAG_NOT_FOUND' || reason === 'DISABLED'
      return {
        key,
        value,
        variant: variant ?? null,
        reason: reason ?? null,
        metadata: flagMetadata,
        state: isMissing ? 'missing' : errorCode === undefined ? 'found' : 'failed',
      }
    },
    evaluatePublic: (identity) =>
      core
        .resolveAll(contextOf(identity))
        .filter(({ flagMetadata }) => flagMetadata.public === true)
        .map(({ flagKey, value, variant, reason, flagMetadata, errorCode }) => ({
          key: flagKey,
          value,
          variant: variant ?? null,
          reason: reason ?? null,
          metadata: flagMetadata,
          state: errorCode === undefined ? 'found' : 'failed',
        })),
  }
}
