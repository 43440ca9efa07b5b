import { type FlagReading, PUBLIC_CONTROLS, SERVER_CONTROLS } from '../../control.ts'
import type { Identity } from '../identity.ts'
import { CONTROL_FALLBACK, type Controls } from './controls.ts'

/** One flag as OFREP tells it; https://github.com/open-feature/protocol */
export interface OfrepFlag {
  readonly key: string
  readonly value?: unknown
  readonly reason?: string
  readonly variant?: string
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly errorCode?: string
}

/** All flags that a browser may know, for one identity. */
export interface BulkEvaluation {
  /** The same text for the same flags. */
  readonly etag: string
  readonly flags: readonly OfrepFlag[]
  /** Milliseconds since the epoch, so that of two answers that overtook each other the later one counts. */
  readonly evaluatedAt: number
}

/**
 * Evaluates what is public. A mapped flag is told under the control's own name, so that the browser
 * needs no mapping; the controls that are the server's own are never told, whatever they are marked.
 */
export async function evaluateBulk(
  controls: Controls,
  features: readonly string[],
  identity: Identity,
): Promise<BulkEvaluation> {
  const { source } = controls
  const evaluatedAt = Date.now()
  const known = features.flatMap((feature) =>
    PUBLIC_CONTROLS.map((control) => ({
      name: `${feature}.${control}`,
      key: controls.keyOf(feature, control),
      fallback: CONTROL_FALLBACK[control],
    })),
  )
  const hidden = new Set(
    features.flatMap((feature) => SERVER_CONTROLS.map((control) => controls.keyOf(feature, control))),
  )
  const readings =
    source.evaluatePublic?.(identity) ??
    (await Promise.all(
      [...new Map(known.map(({ key, fallback }) => [key, fallback]))].map(async ([key, fallback]) =>
        source.evaluate(key, fallback, identity),
      ),
    ))
  const flags = readings
    .filter(({ key, state }) => state !== 'missing' && !hidden.has(key) && !isServerOnly(key))
    .flatMap((reading) => {
      // One flag may stand behind several controls.
      const names = new Set(known.filter(({ key }) => key === reading.key).map(({ name }) => name))
      return [...(names.size > 0 ? names : [reading.key])].map((name) => flagOf(name, reading))
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  return { etag: await etagOf(JSON.stringify(flags)), flags, evaluatedAt }
}

function isServerOnly(key: string): boolean {
  return SERVER_CONTROLS.some((control) => key.endsWith(`.${control}`))
}

function flagOf(key: string, { value, variant, reason, metadata, state }: FlagReading): OfrepFlag {
  if (state === 'failed') return { key, errorCode: 'GENERAL' }
  const { purge, purgedAt } = metadata
  const told = { ...(purge === true ? { purge } : {}), ...(typeof purgedAt === 'string' ? { purgedAt } : {}) }
  return {
    key,
    value,
    reason: reason ?? 'UNKNOWN',
    ...(variant === null ? {} : { variant }),
    // Whatever else stands there (who flipped it, and why) is the team's own.
    ...(Object.keys(told).length > 0 ? { metadata: told } : {}),
  }
}

async function etagOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return `"${Array.from(new Uint8Array(digest, 0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('')}"`
}
