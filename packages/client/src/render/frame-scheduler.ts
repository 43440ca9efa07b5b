/** The outside of a scheduler: the page's frames and timers, or a test's own. */
export interface FrameHost {
  requestFrame(callback: () => void): number
  cancelFrame(handle: number): void
  setTimer(callback: () => void, delayMs: number): number
  clearTimer(handle: number): void
  /** True while the page draws no frames because nobody can see it. */
  isHidden(): boolean
  /** Told what a task threw; the other tasks of the frame still run. */
  onError(error: unknown): void
}

/** Runs each task at most once in a frame, however often it was asked for. */
export interface FrameScheduler {
  /** Runs the task in the next flush. The same function asked for again before that runs once. */
  schedule(task: () => void): void
  /** Takes the task out of the next flush. */
  cancel(task: () => void): void
}

/** In a hidden page frames stand still, and text that arrives is still worth having. */
const HIDDEN_FLUSH_MS = 250

/**
 * Frames can stand still in a page that calls itself visible: in a covered window, or an iframe that
 * is scrolled out of sight. It is long, so that a busy main thread does not get a second flush in one frame.
 */
const VISIBLE_FLUSH_MS = 1_000

/**
 * One flush for all surfaces of a page: in the next animation frame, or by a timer where frames are
 * paused. What was scheduled is always flushed.
 */
export function createFrameScheduler(host: FrameHost): FrameScheduler {
  let tasks = new Set<() => void>()
  let frame: number | null = null
  let timer: number | null = null

  const disarm = (): void => {
    if (frame !== null) host.cancelFrame(frame)
    if (timer !== null) host.clearTimer(timer)
    frame = null
    timer = null
  }
  const flush = (): void => {
    disarm()
    const due = tasks
    tasks = new Set()
    for (const task of due) {
      try {
        task()
      } catch (error) {
        host.onError(error)
      }
    }
  }
  return {
    schedule(task) {
      tasks.add(task)
      if (frame !== null) return
      frame = host.requestFrame(flush)
      timer = host.setTimer(flush, host.isHidden() ? HIDDEN_FLUSH_MS : VISIBLE_FLUSH_MS)
    },
    cancel(task) {
      if (tasks.delete(task) && tasks.size === 0) disarm()
    },
  }
}

/** The page's own frames. Importing it touches nothing, so a server may import it too. */
export const pageFrames: FrameScheduler = /* @__PURE__ */ createFrameScheduler({
  requestFrame: (callback) => requestAnimationFrame(callback),
  cancelFrame: (handle) => cancelAnimationFrame(handle),
  setTimer: (callback, delayMs) => Number(setTimeout(callback, delayMs)),
  clearTimer: (handle) => clearTimeout(handle),
  isHidden: () => document.visibilityState === 'hidden',
  onError: (error) => reportError(error),
})
