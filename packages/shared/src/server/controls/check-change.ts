import { CONTROL_VALUE, type ControlName } from '../../control.ts'
import { isObject } from '../../otlp/read.ts'
import { RequestProblem } from '../problem.ts'
import type { ControlSettings } from './control-store.ts'

/** What an operator sent, checked. */
export interface AskedChange {
  readonly settings: ControlSettings
  readonly tenant: string | null
  readonly reason: string
  readonly expiresAtEpochMs: number | null
}

const LONGEST_REASON = 500
const DAY_MS = 24 * 3600_000
const LONGEST_EXPIRY_MS = 366 * DAY_MS
/** Controls that take a value; `enabled` and `rollout` have rules of their own. */
const VALUED = ['max-level', 'notice', 'hedge', 'prompt', 'model'] as const satisfies readonly ControlName[]
const KNOWN = new Set<string>(['enabled', 'purge', 'rollout', ...VALUED, 'tenant', 'reason', 'expiresAt'])

/**
 * Reads the JSON of a `PATCH`.
 * @throws RequestProblem 400 that names every member that is wrong.
 */
export function checkChange(body: unknown, nowEpochMs: number): AskedChange {
  if (!isObject(body)) throw wrong(['the body must be a JSON object'])
  const problems = [
    ...Object.keys(body)
      .filter((name) => !KNOWN.has(name))
      .map((name) => `'${name}' is no control`),
    ...problemsOfSettings(body),
    ...problemsOfCircumstances(body, nowEpochMs),
  ]
  if (problems.length > 0) throw wrong(problems)
  const { tenant, reason, expiresAt, ...settings } = body
  return {
    settings: settings as ControlSettings,
    tenant: (tenant as string | null | undefined) ?? null,
    reason: String(reason).trim(),
    expiresAtEpochMs:
      expiresAt === undefined
        ? nowEpochMs + DAY_MS
        : expiresAt === null
          ? null
          : Date.parse(String(expiresAt)),
  }
}

function problemsOfSettings(body: Readonly<Record<string, unknown>>): string[] {
  const { enabled, purge, rollout } = body
  const problems = VALUED.flatMap((name) => {
    const value = body[name]
    if (value === undefined || value === null || CONTROL_VALUE[name](value) !== undefined) return []
    return [`'${name}' cannot be ${JSON.stringify(value).slice(0, 40)}`]
  })
  if (enabled !== undefined && typeof enabled !== 'boolean') problems.push("'enabled' must be true or false")
  if (purge !== undefined && (typeof purge !== 'boolean' || enabled !== false))
    problems.push("'purge' must be true or false, beside 'enabled': false")
  if (rollout !== undefined && !isRollout(rollout))
    problems.push("'rollout' must be { percent: 0 to 100, cohorts: [names] }")
  if (rollout !== undefined && enabled !== undefined)
    problems.push("'rollout' and 'enabled' are two flips; send them one after the other")
  const asks = ['enabled', 'rollout', ...VALUED].some((name) => body[name] !== undefined)
  if (!asks) problems.push('there is nothing to change')
  return problems
}

function problemsOfCircumstances(body: Readonly<Record<string, unknown>>, nowEpochMs: number): string[] {
  const { tenant = null, reason, expiresAt, rollout } = body
  const problems: string[] = []
  if (typeof reason !== 'string' || reason.trim() === '' || reason.length > LONGEST_REASON)
    problems.push("'reason' must say why, in at most 500 characters")
  if (tenant !== null && (typeof tenant !== 'string' || tenant === ''))
    problems.push("'tenant' must be a tenant's id, or null for everybody")
  if (tenant !== null && rollout !== undefined)
    problems.push("'rollout' is for everybody; leave 'tenant' out")
  if (expiresAt !== undefined && expiresAt !== null) {
    const epochMs = typeof expiresAt === 'string' ? Date.parse(expiresAt) : Number.NaN
    if (!(epochMs > nowEpochMs && epochMs <= nowEpochMs + LONGEST_EXPIRY_MS))
      problems.push("'expiresAt' must be an ISO date and time within the next year, or null")
  }
  return problems
}

function isRollout(value: unknown): boolean {
  if (!isObject(value)) return false
  const { percent, cohorts, ...others } = value
  return (
    typeof percent === 'number' &&
    percent >= 0 &&
    percent <= 100 &&
    Array.isArray(cohorts) &&
    cohorts.every((cohort) => typeof cohort === 'string' && cohort !== '') &&
    Object.keys(others).length === 0
  )
}

function wrong(problems: readonly string[]): RequestProblem {
  return new RequestProblem(400, { title: 'The change is not of a form that can be made.', problems })
}
