import type { Run } from '../run/run.ts'
import { type FrameScheduler, pageFrames } from './frame-scheduler.ts'
import { createSentenceCutter, type SentenceCutter } from './sentence-cutter.ts'

/** Sentences that stay in the region; what is older has been said, or never will be. */
const MOST_KEPT = 8

/**
 * Says a run's answer to screen readers while it streams, sentence by sentence. `region` is an element with
 * `role="log"` that is out of sight, and that nothing else writes into. Most people are better served by hearing that
 * the answer is ready, so this is a choice. Returns the detach.
 */
export function speakAnswer(
  run: Run,
  region: HTMLElement,
  { frames = pageFrames }: { readonly frames?: FrameScheduler } = {},
): () => void {
  // What is there already was there to be read before.
  let offset = run.text.length
  let revision = run.textRevision
  let cutter: SentenceCutter | null = null
  let isOver = run.state.phase === 'settled'

  const say = (sentences: readonly string[]): void => {
    for (const sentence of sentences) {
      const line = region.ownerDocument.createElement('div')
      line.textContent = sentence
      region.append(line)
    }
    while (region.childElementCount > MOST_KEPT) region.firstElementChild?.remove()
  }
  const flush = (): void => {
    if (revision !== run.textRevision) {
      revision = run.textRevision
      offset = 0
      cutter = null
      isOver = false
    }
    const delta = run.textFrom(offset)
    offset += delta.length
    const { phase } = run.state
    if (delta !== '') {
      cutter ??= createSentenceCutter(region.closest<HTMLElement>('[lang]')?.lang)
      say(cutter.push(delta))
    }
    if (phase === 'waiting') region.replaceChildren()
    if (phase !== 'settled' || isOver) return
    isOver = true
    say(cutter?.end() ?? [])
  }
  const schedule = (): void => frames.schedule(flush)
  const detach = [run.subscribe(schedule), run.subscribeText(schedule), () => frames.cancel(flush)]
  return () => {
    for (const each of detach) each()
  }
}
