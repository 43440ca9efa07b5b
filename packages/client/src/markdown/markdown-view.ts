import type { AnswerView } from '../render/attach-view.ts'
import { keepFocus } from '../render/in-use.ts'
import { createMarkdownStream } from './markdown-stream.ts'
import type { MarkdownOptions } from './options.ts'

/** On the element: blocks out of sight may be skipped. On no block itself, so that those are the same with it and without. */
const SKIP = 'data-evenkeel-skip'

/** The stylesheet never skips the last three blocks; a browser remembers the size of what it has laid out once. */
const LAST_BLOCKS = 3

/** Draws an answer as markdown, in a place that `markdownCss` styles. */
export function createMarkdownView(host: HTMLElement, options: MarkdownOptions): AnswerView {
  const stream = createMarkdownStream(host, options)
  let blocks = 0

  // Blocks that come all at once must be laid out before they are skipped, or their place is a guess.
  const noteBlocks = (): void => {
    if (host.childElementCount - blocks >= LAST_BLOCKS) host.removeAttribute(SKIP)
    blocks = host.childElementCount
  }
  return {
    append(delta) {
      stream.push(delta)
      noteBlocks()
    },
    replace(text) {
      // A link or a button of the text may have it.
      keepFocus(host.parentElement ?? host)
      host.removeAttribute(SKIP)
      stream.replace(text)
      blocks = host.childElementCount
    },
    seal() {
      if (blocks > LAST_BLOCKS) host.setAttribute(SKIP, '')
    },
    end() {
      stream.end()
      noteBlocks()
    },
    get isBehind() {
      return stream.isBehind
    },
  }
}
