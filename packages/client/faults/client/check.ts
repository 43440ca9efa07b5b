import type { LoggedRequest } from './access-log.ts'
import type { Shown } from './expected.ts'
import type { Observed, SeenRecord } from './observed.ts'
import type { Row } from './rows.ts'
import { AGAIN, FALLBACK, FAST, LABELS, LONG, PRIMARY, TEMPLATE, type ToldMoment, WORDS } from './texts.ts'

/** What is to be said of one row. */
export interface Verdict {
  /** Nothing is seen where something has to be. */
  readonly isBlank: boolean
  readonly isStuck: boolean
  readonly unhandled: number
  /** What is otherwise than it has to be. */
  readonly wrong: readonly string[]
}

/** Holds what was seen against what has to be; an empty list of `wrong` where all is right. */
export function checkRow(row: Row, seen: Observed): Verdict {
  const { expect } = row
  const isBlank =
    (expect.shows !== 'nothing' && seen.last.answer === '') ||
    (expect.moment !== null && seen.last.notice === '')
  return {
    isBlank,
    isStuck: seen.isStuck,
    unhandled: seen.complaints.length,
    wrong: [
      ...shownWrong(row, seen),
      ...toldWrong(row, seen),
      ...yanked(row, seen),
      ...requestsWrong(row, seen),
      ...recordsWrong(row, seen),
      ...(seen.bugs.length === expect.bugs ? [] : [`reported ${JSON.stringify(seen.bugs)}`]),
    ],
  }
}

function textOf(shows: Shown, { plan }: Row): string {
  switch (shows) {
    case 'primary':
      return plan.isStructured ? LABELS.primary : plan.isLong ? LONG : PRIMARY
    case 'fast':
      return plan.isStructured ? LABELS.fast : FAST
    case 'template':
      return plan.isStructured ? LABELS.template : TEMPLATE
    case 'template and fallback':
      return `${TEMPLATE} ${FALLBACK}`
    case 'again':
      return AGAIN
    case 'fallback':
      return FALLBACK
    case 'partial':
    case 'nothing':
      return ''
  }
}

function shownWrong(row: Row, { last }: Observed): string[] {
  const { shows } = row.expect
  if (shows === 'nothing') return last.isThere ? ['the place is still there'] : []
  const isRight =
    shows === 'partial'
      ? last.answer !== '' && last.answer.length < PRIMARY.length && PRIMARY.startsWith(last.answer)
      : last.answer === textOf(shows, row)
  return isRight ? [] : [`shows ${quoted(last.answer)}, not ${shows}`]
}

function toldWrong({ expect }: Row, { last, sightings }: Observed): string[] {
  const words = expect.moment === null ? '' : WORDS[expect.moment]
  // How old an earlier answer is stands behind these words.
  const isTold = expect.moment === 'cached' ? last.notice.startsWith(words) : last.notice === words
  const told = isTold ? [] : [`says ${quoted(last.notice)}, not ${expect.moment ?? 'nothing'}`]
  const missed = expect.saw.filter((moment: ToldMoment) =>
    sightings.every(({ notice }) => notice !== WORDS[moment]),
  )
  return [...told, ...missed.map((moment) => `never said ${moment}`)]
}

const KNOWN = [
  PRIMARY,
  FAST,
  TEMPLATE,
  AGAIN,
  LONG,
  FALLBACK,
  `${TEMPLATE} ${FALLBACK}`,
  ...Object.values(LABELS),
]

/** What was read stays or is replaced as a whole, and nothing is shown that nobody wrote for the user. */
function yanked({ plan }: Row, { sightings }: Observed): string[] {
  const wrong: string[] = []
  let before = ''
  for (const { answer, isThere } of sightings) {
    const isNewRun = runsOf(plan) > 1 || !isThere
    if (answer === '' && before !== '' && !isNewRun) wrong.push('what was read was taken away')
    if (!KNOWN.some((text) => text.startsWith(answer))) wrong.push(`showed ${quoted(answer)}`)
    before = answer
  }
  return [...new Set(wrong)]
}

function requestsWrong({ expect, plan }: Row, { requests, asked }: Observed): string[] {
  const wrong: string[] = []
  const made = (['primary', 'fast'] as const).map((tier) => attemptsAt(tier, requests))
  if (String(made) !== String(expect.requests)) wrong.push(`requests ${made}, not ${expect.requests}`)
  const total = expect.requests[0] + expect.requests[1] + (plan.isRefused ? 1 : 0)
  if (asked !== total) wrong.push(`the page asked ${asked} times, not ${total}`)
  // The browser that knows hangs up by itself; where only the server knows, the server ends it.
  const hangsUp =
    expect.outcome === 'abandoned' || (plan.pageFault === 'killed mid-stream' && plan.flags === 'live')
  if (hangsUp && requests[0]?.ended !== 'left') wrong.push('the server was not hung up on')
  const keys = new Set(requests.map(({ idempotencyKey }) => idempotencyKey))
  // One for each run that asked anybody; a run in which everybody is left alone asks nobody.
  const wishes = runsOf(plan) > 1 ? Math.max(...expect.requests) : Math.min(1, requests.length)
  // Another origin gets none of our headers.
  if (keys.size !== wishes || keys.has(null)) wrong.push(`${keys.size} idempotency keys, not ${wishes}`)
  for (const [index, { body }] of requests.entries()) {
    const wanted = JSON.stringify({ input: INPUT, ...(plan.isStructured && index > 0 ? RETRY : {}) })
    if (body !== wanted) wrong.push(`sent ${quoted(body)}`)
  }
  return wrong
}

/** How many times somebody asked. */
const runsOf = ({ pageFault, runs }: Row['plan']): number =>
  pageFault === 'regenerated mid-stream' ? 2 : runs

const INPUT = { question: 'Where is my parcel?' }
/** After a violation whoever is asked next is told which paths were wrong, and not a word of the answer. */
const RETRY = { violations: ['urgency'] }

/** A browser whose connection is reset before the headers sends the same request again by itself. */
const attemptsAt = (tier: string, requests: readonly LoggedRequest[]): number =>
  new Set(requests.filter((request) => request.tier === tier).map(({ traceparent }) => traceparent)).size

function recordsWrong({ expect, plan }: Row, { records }: Observed): string[] {
  const record = records.at(-1)
  // What cannot be drawn after all is told in a second record of the same run.
  const count = runsOf(plan) + (plan.throwsIn === 'drawing the whole' ? 1 : 0)
  if (records.length !== count || record === undefined) return [`${records.length} records`]
  const wrong: string[] = []
  if (plan.pageFault === 'regenerated mid-stream' && records[0]?.outcome !== 'abandoned')
    wrong.push(`the first run is ${records[0]?.outcome}`)
  if (record.outcome !== expect.outcome) wrong.push(`outcome ${record.outcome}, not ${expect.outcome}`)
  const attempts = record.attempts.map(describeAttempt)
  if (String(attempts) !== String(expect.attempts)) {
    wrong.push(`attempts ${attempts.join(', ')}, not ${expect.attempts.join(', ')}`)
  }
  const told = record.moments.at(-1)?.moment
  if (expect.moment !== null && told !== expect.moment) wrong.push(`recorded ${told}, not ${expect.moment}`)
  return wrong
}

const describeAttempt = ({ step, tier, failure }: SeenRecord['attempts'][number]): string =>
  `${tier ?? step} ${failure ?? 'ok'}`

const quoted = (text: string): string =>
  JSON.stringify(text.length <= 70 ? text : `${text.slice(0, 70)}… (${text.length})`)
