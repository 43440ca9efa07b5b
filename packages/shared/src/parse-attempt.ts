import { readDictionary } from './structured-field/read-dictionary.ts'
import { isShortText } from './structured-field/short-text.ts'
import type { AttemptHeader } from './wire.ts'

const RUN_ID = /^[0-9a-f]{32}$/

/** Reads the `evenkeel-attempt` request header; `null` where it is missing, malformed or incomplete. */
export function parseAttempt(header: string | null): AttemptHeader | null {
  const said = readDictionary(header ?? '')
  const [run, step, tier] = ['run', 'step', 'tier'].map((name) => said?.get(name))
  if (!isShortText(run) || !RUN_ID.test(run)) return null
  return isShortText(step) && isShortText(tier) ? { run, step, tier } : null
}
