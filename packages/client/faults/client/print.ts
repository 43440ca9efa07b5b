import { describeAttempt, usefulMs } from './observed.ts'
import type { PeerVerdict } from './peers.ts'
import { isRight, type Judged, MAX_TRANSITION_CLS } from './tally.ts'

const COLUMNS = [6, 36, 13, 8, 11, 40, 11, 9, 8] as const

/** The head of the table for people. */
export const HEAD = cells([
  '',
  'fault',
  'interaction',
  'who',
  'outcome',
  'attempts',
  'told',
  'requests',
  'useful',
  '@ai-sdk/react',
  '@tanstack/ai-react',
])

/** One line of it; the peers met the fault where one model has it and the answer streams. */
export function lineOf(judged: Judged, peers: readonly string[]): string {
  const { row, seen } = judged
  const { expect } = row
  const count = (tier: string) => seen.requests.filter((request) => request.tier === tier).length
  const useful = usefulMs(seen)
  return cells([
    isRight(judged) ? 'right' : 'WRONG',
    row.fault,
    row.interaction,
    row.scope,
    seen.records.at(-1)?.outcome ?? '–',
    seen.records.at(-1)?.attempts.map(describeAttempt).join(' → ') ?? '',
    expect.moment ?? '–',
    `${count('primary')}+${count('fast')}`,
    useful === null ? '–' : `${Math.round(useful)} ms`,
    ...peers,
  ])
}

/** What is wrong with a row, a line each. */
export function complaintsOf({ row, seen, verdict }: Judged): readonly string[] {
  return [
    ...(verdict.isStuck ? ['stuck'] : []),
    ...(verdict.isBlank ? ['blank'] : []),
    ...seen.complaints,
    ...verdict.wrong,
    ...(seen.shift > MAX_TRANSITION_CLS && !row.plan.isLong
      ? [`shifted by ${seen.shift.toFixed(4)}: ${seen.moved.slice(0, 3).join('; ')}`]
      : []),
  ]
}

/** How a peer fared, in a word or two. */
export function wordsOf({ stuck, truncatedAsComplete, blank, unhandled }: PeerVerdict): string {
  const words = [
    ...(stuck ? ['stuck'] : []),
    ...(truncatedAsComplete ? ['cut as complete'] : []),
    ...(blank ? ['blank'] : []),
    ...(unhandled ? ['unhandled'] : []),
  ]
  return words.join(', ') || 'ok'
}

function cells(texts: readonly string[]): string {
  return texts
    .map((text, index) => (index < COLUMNS.length ? text.padEnd(COLUMNS[index] ?? 0) : text.padEnd(18)))
    .join(' ')
    .trimEnd()
}
