import type { Controls } from '../controls/controls.ts'
import type { Identity } from '../identity.ts'
import { problem } from '../problem.ts'
import {
  ANSWER_BEGAN,
  ANSWER_FEATURE,
  ANSWER_WHEN_KILLED,
  type AnswerHead,
  type ResumeStore,
} from './resume-store.ts'

/** Whose request it is: tenant and user by the session, never by the browser's word. `null` for nobody: nothing is kept then. */
export type ResumeScope = (request: Request) => string | null | Promise<string | null>

export interface ResumeHandlerOptions {
  readonly store: ResumeStore
  /** The same as `withEvenkeel` has. Without one, whoever knows an answer's random id may read it. */
  readonly scope?: ResumeScope
  /** Finds the answer's id in the request; the last part of its path where absent. */
  readonly answer?: (request: Request) => string | null
  /** The same as `withEvenkeel` has: an answer from before a kill is then not given after it. */
  readonly controls?: Controls
  /** The same as `withEvenkeel` has. */
  readonly identify?: (request: Request) => Identity | Promise<Identity>
}

const NOBODY: Identity = { tenant: null, user: null }
const METHODS = 'GET, DELETE'
const POSITION = /^(0|[1-9]\d{0,15})$/

/**
 * Answers where `withEvenkeel` said an answer can be resumed. `GET` with `Last-Event-ID` gives what came
 * after that event and goes on with what comes; without it, the answer from its start. 204 where there
 * is nothing more to be had: unknown, expired, another's, or read to its end. `DELETE` says that nobody wants the
 * rest. It never asks a model.
 *
 * @example
 * const resume = resumeHandler({ store, scope: (request) => sessionOf(request).userId })
 * if (pathname.startsWith('/api/ai/resume/')) return resume(request)
 */
export function resumeHandler(options: ResumeHandlerOptions): (request: Request) => Promise<Response> {
  const { store, scope = () => '', answer: answerOf = lastPart, controls } = options

  /** Whether the switch lets nobody have this answer any more. */
  async function isKilled(head: AnswerHead, request: Request): Promise<boolean> {
    const feature = head[ANSWER_FEATURE]
    if (controls === undefined || feature === undefined) return false
    const inForce = await controls.of(feature, (await options.identify?.(request)) ?? NOBODY)
    // Switching the feature on again makes nothing better that was said before.
    if (Number(head[ANSWER_BEGAN]) < (inForce.purgedAtEpochMs ?? 0)) return true
    // What was bad is not to be finished either.
    return !inForce.enabled && (inForce.purge || head[ANSWER_WHEN_KILLED] !== 'finish')
  }

  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'DELETE') {
      return problem(405, { title: `This path answers ${METHODS} only.` }, { allow: METHODS })
    }
    const answer = answerOf(request)
    const whose = await scope(request)
    const after = positionOf(request.headers.get('last-event-id'))
    // One answer for all of these, so that nobody learns what others have.
    if (answer === null || whose === null || after === null) return gone()
    const key = { scope: whose, answer }
    if (request.method === 'DELETE') {
      await store.drop(key)
      return gone()
    }
    const left = new AbortController()
    const signal = AbortSignal.any([request.signal, left.signal])
    const kept = await store.read(key, after, signal)
    if (kept === null) return gone()
    if (await isKilled(kept.head, request)) {
      await store.drop(key)
      return gone()
    }
    return new Response(
      streamOf(kept.events, () => left.abort()),
      { headers: { ...headersIn(kept.head), 'cache-control': 'no-store' } },
    )
  }
}

function headersIn(head: AnswerHead): Record<string, string> {
  return Object.fromEntries(Object.entries(head).filter(([name]) => !name.startsWith(':')))
}

function streamOf(events: AsyncIterable<Uint8Array>, onCancel: () => void): ReadableStream<Uint8Array> {
  const iterator = events[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        onCancel()
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

/** 0 for an answer from its start; `null` for what is no position of ours. */
function positionOf(lastEventId: string | null): number | null {
  if (lastEventId === null || lastEventId === '') return 0
  return POSITION.test(lastEventId) ? Number(lastEventId) : null
}

function lastPart(request: Request): string | null {
  return new URL(request.url).pathname.split('/').at(-1) || null
}

function gone(): Response {
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
}
