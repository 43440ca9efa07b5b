import type { AnswerView } from '../render/attach-view.ts'
import { keepFocus } from '../render/in-use.ts'
import { createMarkdownStream } from './markdown-stream.ts'
import type { MarkdownOptions } from './options.ts'

/**
 * On a block that the browser may skip where it is out of sight, while the answer grows. Each says so itself: a rule that
 * counts from the end would be matched with all of them for every block that is added.
 */
const SKIP = 'data-evenkeel-skip'

/** The last blocks are never skipped: the open one must be laid out, and one or two before it may hang together with it. */
const LAST_BLOCKS = 3

/** Draws an answer as markdown, in a place that `markdownCss` styles. */
export function createMarkdownView(host: HTMLElement, options: MarkdownOptions): AnswerView {
  const stream = createMarkdownStream(host, options)
  /** How many there were in the last frame, and so have been laid out: a browser remembers their size. */
  let blocks = 0
  let skipped = 0

  return {
    append(delta) {
      stream.push(delta)
      blocks = host.childElementCount
    },
    replace(text) {
      // A link or a button of the text may have it.
      keepFocus(host.parentElement ?? host)
      stream.replace(text)
      skipped = 0
      blocks = host.childElementCount
    },
    seal() {
      while (skipped < blocks - LAST_BLOCKS) host.children[skipped++]?.setAttribute(SKIP, '')
    },
    end() {
      stream.end()
      // The blocks are now those of an answer that was drawn at once.
      while (skipped > 0) host.children[--skipped]?.removeAttribute(SKIP)
      blocks = 0
    },
    get isBehind() {
      return stream.isBehind
    },
  }
}
