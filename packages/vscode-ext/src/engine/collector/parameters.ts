import { OUTCOMES, readRunCode } from '@evenkeel/shared'
import { DAY_MS, type RunsQuery } from '../contract.ts'
import { MAX_LIMIT } from '../store/runs.ts'
import { Problem } from './problem.ts'

/** A query string's parameter, `undefined` where it is absent or empty. */
export type Parameter = (name: string) => string | undefined

const MAX_WINDOW_MS = 366 * DAY_MS

/** Reads `windowMs`, a day where it is absent. */
export function readWindowMs(parameter: Parameter): number {
  return wholeNumber(parameter, 'windowMs', 1, MAX_WINDOW_MS) ?? DAY_MS
}

/** Reads the filters and the page of a runs question. */
export function readRunsQuery(parameter: Parameter): RunsQuery {
  const given = {
    feature: parameter('feature'),
    environment: parameter('environment'),
    outcome: readOutcome(parameter),
    limit: wholeNumber(parameter, 'limit', 1, MAX_LIMIT),
    before: wholeNumber(parameter, 'before', 0, Number.MAX_SAFE_INTEGER),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

/** Reads `runId`: 32 hex digits, or the code that users are shown. */
export function readRunId(parameter: Parameter): string {
  const runId = parameter('runId') ?? ''
  if (/^[0-9a-f]{32}$/i.test(runId)) return runId.toLowerCase()
  const { problem } = readRunCode(runId)
  if (problem === null) return runId
  throw new Problem(
    400,
    `"${runId}" is no run id and no run code. ${problem}`,
    'A run id is 32 hex digits: the trace id of the run. A run code looks like 9FWJ-YDBQ-PD6F.',
  )
}

function readOutcome(parameter: Parameter) {
  const text = parameter('outcome')
  if (text === undefined) return undefined
  const outcome = OUTCOMES.find((each) => each === text)
  if (outcome === undefined)
    throw new Problem(400, `"${text}" is no outcome.`, `Ask for one of ${OUTCOMES.join(', ')}.`)
  return outcome
}

function wholeNumber(parameter: Parameter, name: string, least: number, most: number): number | undefined {
  const text = parameter(name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (!(/^\d+$/.test(text) && value >= least && value <= most))
    throw new Problem(
      400,
      `${name} "${text}" is out of range.`,
      `Give a whole number from ${least} to ${most}.`,
    )
  return value
}
