import { problem } from '@evenkeel/shared/server'
import type { Weather } from '../../src/faults.ts'
import { RehearsedFailure } from './rehearsed.ts'

const STATUS: Partial<Record<Weather, number>> = {
  'status-400': 400,
  'status-401': 401,
  'status-404': 404,
  'status-429': 429,
  'retry-after': 429,
  'status-500': 500,
  'status-529': 529,
  down: 503,
}

const RETRY_AFTER_S = 10
const PAGE = '<!doctype html><title>Sign in</title><h1>Please sign in to the network</h1>'

/**
 * The answer of a server in this weather that asks no model; `null` where it asks one. Where only one model
 * fails, a status is that of its provider, and said to be the model's.
 * @throws RehearsedFailure
 */
export function refuse(weather: Weather, isModelAlone: boolean): Response | null {
  if (weather === 'html') return new Response(PAGE, { headers: { 'content-type': 'text/html' } })
  if (weather === 'empty-body') return new Response('', { headers: { 'content-type': 'text/event-stream' } })
  const status = STATUS[weather]
  if (status === undefined) return null
  const waitS = weather === 'retry-after' ? RETRY_AFTER_S : null
  if (isModelAlone) {
    throw new RehearsedFailure('The weather of the demonstration.', {
      status,
      ...(waitS === null ? {} : { retryAfterMs: waitS * 1000 }),
    })
  }
  return problem(
    status,
    { title: 'It is the weather of the demonstration.' },
    waitS === null ? {} : { 'retry-after': String(waitS) },
  )
}
