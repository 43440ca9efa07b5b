import type { Deck } from '@evenkeel/shared'
import type { FrameScheduler } from '../render/frame-scheduler.ts'
import type { Part } from '../render/parts/part.ts'
import type { Run } from '../run/run.ts'
import type { LiveContent } from './live-content.ts'
import { noticeInWords } from './notice-in-words.ts'

/** What a component may read of its run besides the state. */
export interface OnDemand {
  readonly notice: string | null
  readonly parts: readonly Part[]
  readonly object: unknown
}

/**
 * Reads one of them. This is loaded when the first of them is read, because most components read none, and what reads
 * content is loaded after that: `undefined` until then. `renderAnew` is called when there is more to read. `frames` are
 * the page's own.
 */
export function readOnDemand<Name extends keyof OnDemand>(
  name: Name,
  run: Run,
  deck: Deck,
  renderAnew: () => void,
  frames: FrameScheduler,
): OnDemand[Name] | undefined
export function readOnDemand(
  name: keyof OnDemand,
  run: Run,
  deck: Deck,
  renderAnew: () => void,
  frames: FrameScheduler,
): unknown {
  if (name === 'notice') return noticeInWords(run, deck)
  if (liveContent === null) {
    void loadContent().then(() => liveContent !== null && renderAnew())
    return undefined
  }
  return liveContent[name](run, renderAnew, frames)
}

let liveContent: LiveContent | null = null
let loading: Promise<void> | null = null

/** Once at a time, for every place that asks meanwhile; where it does not come, the next reading asks again. */
function loadContent(): Promise<void> {
  loading ??= import('./live-content.ts')
    .then(
      (loaded) => {
        liveContent = loaded.liveContent
      },
      () => {},
    )
    .then(() => {
      loading = null
    })
  return loading
}
