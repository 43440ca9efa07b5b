import type { Run, RunPhase } from '../run/run.ts'
import { type FrameScheduler, pageFrames } from './frame-scheduler.ts'
import { isInUse } from './in-use.ts'
import type { TextView } from './text-view.ts'

/** The elements that show an answer. */
export interface AnswerSurface {
  /** Around it all: bears `data-evenkeel-phase` and keeps the space. */
  readonly root: HTMLElement
  /** Gets the text and `aria-busy`; nothing else may write into it. */
  readonly text: HTMLElement
  /** A polite live region outside of `text`; a busy element's own may be ignored. */
  readonly status?: HTMLElement | null
}

/** What the live region says; `null` for silence. */
export interface AnswerAnnouncements {
  readonly writing: string | null
  readonly ready: string | null
}

/** Draws the text of an answer that streams. */
export interface AnswerView extends TextView {
  /** The text is whole. More may come all the same: a run can be picked up again. */
  end?(): void
  /** Not everything is drawn yet: `append('')` in the next frame draws more. */
  readonly isBehind?: boolean
}

export interface AttachOptions {
  /** Asked at the time it is said, so that it may change. */
  readonly announcements?: () => AnswerAnnouncements
  readonly frames?: FrameScheduler
}

/**
 * How long text waits that arrives further down than anybody sees. Handing a frame over costs more than all that is
 * done for it, and most of a long answer is written below the fold.
 */
const UNSEEN_MS = 250

/** How many flushes are looked at together; so that several answers do not lay out the page for each other in every frame. */
const FLUSHES_PER_LOOK = 8

const SILENCE: AnswerAnnouncements = { writing: null, ready: null }

/** The outcomes after which there is something to read; the others are told by their moment, or not at all. */
const READY: ReadonlySet<string | null> = new Set(['answered', 'degraded', 'incomplete'])

/**
 * Shows a run's answer in these elements, drawn by this view, at most once a frame, whatever arrives between two frames:
 * text, phase and announcement change together. Returns the detach, which leaves the text in place.
 */
export function attachView(
  run: Run,
  surface: AnswerSurface,
  createView: (host: HTMLElement) => AnswerView,
  options: AttachOptions = {},
): () => void {
  const { frames = pageFrames, announcements = () => SILENCE } = options
  const { root, text, status = null } = surface
  const view = createView(text)
  let offset = 0
  let revision: number | null = null
  let runId: string | null = null
  let phase: RunPhase | null = null
  let floorPx = 0
  let flushes = 0
  let isSeen = true
  let timer: ReturnType<typeof setTimeout> | undefined

  // Before anything is written, because layout is clean then. A little below the window counts as seen: a pane that
  // scrolls by itself may be a few lines behind.
  const look = (): void => {
    if (isSeen && ++flushes % FLUSHES_PER_LOOK > 0) return
    isSeen = text.getBoundingClientRect().bottom < 1.25 * innerHeight
  }
  // Before a text goes: its place stays, until the user asks again and a new text has gone in turn.
  const holdPlace = (): void => {
    const heightPx = text.getBoundingClientRect().height
    floorPx = run.state.runId === runId ? Math.max(floorPx, heightPx) : heightPx
    root.style.setProperty('--evenkeel-floor', `${floorPx}px`)
  }
  const writeText = (): void => {
    view.seal()
    if (revision === run.textRevision) {
      const delta = run.textFrom(offset)
      offset += delta.length
      if (delta !== '' || view.isBehind) view.append(delta)
      return
    }
    if (revision !== null) holdPlace()
    revision = run.textRevision
    const whole = run.textFrom(0)
    offset = whole.length
    view.replace(whole)
  }
  const tellPhase = (): void => {
    const before = phase
    phase = run.state.phase
    if (phase === before) return
    root.dataset.evenkeelPhase = phase
    text.setAttribute('aria-busy', String(phase === 'waiting' || phase === 'streaming'))
    if (before === null || status === null) return
    status.textContent = announcement(announcements(), run) ?? ''
  }
  const flush = (): void => {
    look()
    writeText()
    if (run.state.phase === 'settled') view.end?.()
    if (view.isBehind) arrive()
    runId = run.state.runId
    tellPhase()
  }
  const schedule = (): void => {
    clearTimeout(timer)
    timer = undefined
    frames.schedule(flush)
  }
  const arrive = (): void => {
    if (isSeen) schedule()
    else timer ??= setTimeout(schedule, UNSEEN_MS)
  }

  flush()
  const detach = [
    run.subscribe(schedule),
    run.subscribeText(arrive),
    run.guardReplacement(() => !isInUse(text)),
    () => frames.cancel(flush),
    () => clearTimeout(timer),
  ]
  return () => {
    for (const each of detach) each()
  }
}

function announcement(words: AnswerAnnouncements, { state }: Run): string | null {
  if (state.phase === 'streaming') return words.writing
  return state.phase === 'settled' && READY.has(state.outcome) ? words.ready : null
}
