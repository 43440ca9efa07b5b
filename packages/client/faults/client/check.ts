import type { LoggedRequest } from './access-log.ts'
import type { Shown } from './expected.ts'
import { describeAttempt, type Observed } from './observed.ts'
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
      ...keptWrong(row, seen),
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
    case 'primary and fallback':
      return `${PRIMARY} ${FALLBACK}`
    case 'again':
      return AGAIN
    case 'fallback':
      return FALLBACK
    case 'partial':
    case 'partial and fallback':
    case 'nothing':
      return ''
  }
}

function shownWrong(row: Row, { last }: Observed): string[] {
  const { shows } = row.expect
  if (shows === 'nothing') return last.isThere ? ['the place is still there'] : []
  const isRight = shows.startsWith('partial')
    ? isPartial(shows === 'partial' ? last.answer : withoutFallback(last.answer))
    : last.answer === textOf(shows, row)
  return isRight ? [] : [`shows ${quoted(last.answer)}, not ${shows}`]
}

const isPartial = (text: string): boolean =>
  text !== '' && text.length < PRIMARY.length && PRIMARY.startsWith(text)

/** The words above the product's own way without AI; none where that is not there. */
const withoutFallback = (text: string): string =>
  text.endsWith(` ${FALLBACK}`) ? text.slice(0, -FALLBACK.length - 1) : ''

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
function yanked({ plan, expect }: Row, { sightings }: Observed): string[] {
  const wrong: string[] = []
  let before = ''
  // What a run has shown goes when the next one starts.
  let mayGo = runsHere(plan) - 1
  for (const { answer, isThere } of sightings) {
    if (answer === '' && before !== '' && isThere) mayGo -= 1
    if (!isKnown(answer, expect.shows)) wrong.push(`showed ${quoted(answer)}`)
    if (expect.loser !== null && LOSES[expect.loser].startsWith(answer) && answer !== '')
      wrong.push(`showed ${quoted(answer)} of who lost the race`)
    before = answer
  }
  if (mayGo < 0) wrong.push('what was read was taken away')
  return [...new Set(wrong)]
}

const LOSES = { primary: PRIMARY, fast: FAST } as const

function isKnown(answer: string, shows: Shown): boolean {
  const own = /^(partial|primary) and fallback$/.test(shows) ? withoutFallback(answer) || answer : answer
  return KNOWN.some((text) => text.startsWith(own))
}

function requestsWrong({ expect, plan }: Row, { requests, asked }: Observed): string[] {
  const wrong: string[] = []
  const made = (['primary', 'fast'] as const).map((tier) => attemptsAt(tier, requests))
  if (String(made) !== String(expect.requests)) wrong.push(`requests ${made}, not ${expect.requests}`)
  const total = expect.requests[0] + expect.requests[1] + (plan.isRefused ? 1 : 0)
  if (asked !== total) wrong.push(`the page asked ${asked} times, not ${total}`)
  // The browser that knows hangs up by itself; where only the server knows, the server ends it.
  const isKilled = plan.pageFault?.startsWith('killed') === true && plan.flags === 'live'
  const hangsUp = expect.outcome === 'abandoned' || isKilled
  if (hangsUp && requests.at(-1)?.ended !== 'left') wrong.push('the server was not hung up on')
  const lost = requests.find(({ tier }) => tier === expect.loser)
  if (lost !== undefined && lost.ended !== 'left') wrong.push(`${lost.tier} lost and was not hung up on`)
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

/** How many of them in the page that is looked at in the end. */
const runsHere = (plan: Row['plan']): number => (plan.deeds.includes('page opened') ? 1 : runsOf(plan))

const INPUT = { question: 'Where is my parcel?' }
/** After a violation whoever is asked next is told which paths were wrong, and not a word of the answer. */
const RETRY = { violations: ['urgency'] }

/** A browser whose connection is reset before the headers sends the same request again by itself. */
const attemptsAt = (tier: string, requests: readonly LoggedRequest[]): number =>
  new Set(requests.filter((request) => request.tier === tier).map(({ traceparent }) => traceparent)).size

function recordsWrong({ expect, plan }: Row, { records }: Observed): string[] {
  const record = records.at(-1)
  // What cannot be drawn after all is told in a second record of the same run.
  const count = runsHere(plan) + (plan.throwsIn === 'drawing the whole' ? 1 : 0)
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

/** What the browser itself says that it keeps. */
function keptWrong({ expect }: Row, { kept }: Observed): string[] {
  if (expect.kept === null) return []
  const isRight = expect.kept.every((wanted, index) => wanted === null || wanted === kept?.[index])
  return isRight ? [] : [`the browser kept the first answer: ${kept}, not ${expect.kept}`]
}

const quoted = (text: string): string =>
  JSON.stringify(text.length <= 70 ? text : `${text.slice(0, 70)}… (${text.length})`)
