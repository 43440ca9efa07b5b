import { writeDictionary } from './structured-field/write-dictionary.ts'
import type { AttemptHeader } from './wire.ts'

/** The `evenkeel-attempt` request header: `run="…", step="model", tier="primary"`. */
export function formatAttempt({ run, step, tier }: AttemptHeader): string {
  return writeDictionary({ run, step, tier })
}
