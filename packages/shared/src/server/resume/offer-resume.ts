import type { WhenKilled } from '../controls/kill-switch.ts'
import type { BodyWatcher } from '../watched-body.ts'
import { type KeptBody, keepBody } from './keep-body.ts'
import type { ResumeScope } from './resume-handler.ts'
import {
  ANSWER_BEGAN,
  ANSWER_FEATURE,
  ANSWER_WHEN_KILLED,
  type AnswerHead,
  type ResumeStore,
} from './resume-store.ts'

/** How the answers of a feature are kept. */
export interface ResumeOptions {
  /** The same that `resumeHandler` reads. */
  readonly store: ResumeStore
  /** Where `resumeHandler` answers for the answer of this id; it ends in the id unless the handler is told otherwise. */
  readonly url: (answer: string) => string
  /** Whose answer it is; the same as `resumeHandler` has. */
  readonly scope?: ResumeScope
  /** How long the model goes on while nobody reads its answer; 15 seconds where absent. */
  readonly graceMs?: number
}

export interface ResumeOffer {
  readonly feature: string
  readonly whenKilled: WhenKilled
  /** Fires where the kill switch is thrown. */
  readonly killed: AbortSignal
  newAnswer(): string
  /** The headers of the response, with this URL in them. */
  headersOf(resume: string): Headers
  readonly watcher: BodyWatcher
}

const GRACE_MS = 15_000
/** What a resumed answer is told with again; cookies and lengths belong to the first response alone. */
const KEPT_HEADERS = [
  'content-type',
  'evenkeel',
  'server-timing',
  'traceparent',
  'x-accel-buffering',
  'x-vercel-ai-ui-message-stream',
]

/**
 * The response with its body kept in the store and the URL to resume it in its header; `null`, with the response untouched, where it
 * cannot be kept: no server-sent events, nobody's request, no room, or a store that fails.
 */
export async function offerResume(
  { store, url, scope, graceMs = GRACE_MS }: ResumeOptions,
  request: Request,
  response: Response,
  { feature, whenKilled, killed, newAnswer, headersOf, watcher }: ResumeOffer,
): Promise<Response | null> {
  if (response.body === null || !isEventStream(response)) return null
  let kept: KeptBody | null = null
  let isDropped = false
  const answer = newAnswer()
  try {
    const whose = scope === undefined ? '' : await scope(request)
    if (whose === null) return null
    const key = { scope: whose, answer }
    const headers = headersOf(url(answer))
    const head = {
      ...headOf(headers),
      [ANSWER_FEATURE]: feature,
      [ANSWER_BEGAN]: String(Date.now()),
      [ANSWER_WHEN_KILLED]: whenKilled,
    }
    const hasRoom = await store.begin(key, head, () => {
      isDropped = true
      kept?.onDropped()
    })
    if (!hasRoom || isDropped) return null
    kept = keepBody(
      response.body,
      { store, key, graceMs, killed },
      { onAbandoned: watcher.onCancel, onError: watcher.onError },
    )
    // It is longer now, by the ids.
    headers.delete('content-length')
    return new Response(kept.stream, { status: response.status, headers })
  } catch (error) {
    watcher.onError(error)
    return null
  }
}

function isEventStream({ status, headers }: Response): boolean {
  const encoding = headers.get('content-encoding') ?? 'identity'
  return (
    status === 200 &&
    encoding === 'identity' &&
    /^text\/event-stream\s*(;|$)/i.test(headers.get('content-type') ?? '')
  )
}

function headOf(headers: Headers): AnswerHead {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value] as const]
    }),
  )
}
