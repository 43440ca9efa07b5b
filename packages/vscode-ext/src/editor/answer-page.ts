import { DAY_MS, type HostMessage, type PageMessage, QUESTIONS, type Source } from '../engine/contract.ts'
import { explain } from './link.ts'
import { isOutcome } from './page-message.ts'

type Ask = Extract<PageMessage, { type: 'ask' }>
type Query = Ask['query']

/** The questions a page may ask; whatever else it names is refused, whoever has got into the page. */
const ANSWERS: Readonly<Record<string, (source: Source, query: Query) => Promise<unknown>>> = {
  [QUESTIONS.environments]: (source) => source.environments(),
  [QUESTIONS.features]: (source, { environment, windowMs }) =>
    source.features(environment, number(windowMs) ?? DAY_MS),
  [QUESTIONS.runs]: (source, query) => source.runs(runsQuery(query)),
  [QUESTIONS.run]: (source, { runId }) => source.run(runId ?? ''),
}

/** The answer to a page's question; every question gets one. */
export async function answerPage(source: Source | null, { id, path, query }: Ask): Promise<HostMessage> {
  const answer = Object.hasOwn(ANSWERS, path) ? ANSWERS[path] : undefined
  if (answer === undefined) {
    return refuse(id, 404, `There is no question ${path}.`, 'Ask one of the questions of the contract.')
  }
  if (source === null) {
    const hint = 'It is being attached to; this page reads on by itself once it is there.'
    return refuse(id, 503, 'The collector is not attached.', hint)
  }
  try {
    const body = await answer(source, query)
    if (body !== null) return { type: 'answer', id, ok: true, body }
    const hint = 'It may be older than what the store keeps, or belong to another workspace.'
    return refuse(id, 404, 'This run is not in the store.', hint)
  } catch (error) {
    return { type: 'answer', id, ok: false, error: explain(error) }
  }
}

function refuse(id: number, status: number, error: string, hint: string): HostMessage {
  return { type: 'answer', id, ok: false, status, error: { error, hint } }
}

function runsQuery({ feature, environment, outcome, limit, before }: Query) {
  const [limitNumber, beforeNumber] = [number(limit), number(before)]
  return {
    ...(feature === undefined ? {} : { feature }),
    ...(environment === undefined ? {} : { environment }),
    ...(isOutcome(outcome) ? { outcome } : {}),
    ...(limitNumber === undefined ? {} : { limit: limitNumber }),
    ...(beforeNumber === undefined ? {} : { before: beforeNumber }),
  }
}

function number(text: string | undefined): number | undefined {
  const value = text === undefined || text === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : undefined
}
