import { createBlockCutter } from './text-blocks.ts'

/** A text on the page that grows at its end. */
export interface TextView {
  /** Adds to the end; nothing that stands is touched, so a selection in it survives. */
  append(delta: string): void
  /** Puts another text in place of everything, in one commit. */
  replace(text: string): void
  /** Lets the browser skip the blocks that were closed since, where they are out of sight. Call it before anything is changed in a frame. */
  seal(): void
}

/**
 * Writes text into an element, block by block. It is text and never markup: what a model says is not
 * trusted. Nothing else may write into the element.
 */
export function createTextView(host: HTMLElement): TextView {
  const page = host.ownerDocument
  let cut = createBlockCutter()
  let parent: ParentNode = host
  let block: HTMLElement | null = null
  let tail: Text | null = null
  let closed: HTMLElement[] = []

  const open = (text: string): void => {
    if (block !== null) closed.push(block)
    block = page.createElement('div')
    // The first strong character of each paragraph says how it reads, not that of the whole answer.
    block.dir = 'auto'
    tail = page.createTextNode(text)
    block.append(tail)
    parent.append(block)
  }
  const append = (delta: string): void => {
    for (const piece of cut(delta)) {
      // `appendData` keeps the ranges inside the node, and so the user's selection; setting `data` does not.
      if (tail !== null && !piece.opens) tail.appendData(piece.text)
      else open(piece.text)
    }
  }
  return {
    append,
    replace(text) {
      const fragment = page.createDocumentFragment()
      cut = createBlockCutter()
      parent = fragment
      block = null
      tail = null
      closed = []
      append(text)
      parent = host
      host.replaceChildren(fragment)
    },
    seal() {
      if (closed.length === 0) return
      // All are read before any is written. Layout is clean at the start of a frame, so reading is
      // free, and a block out of sight takes exactly the place it had.
      const sizes = closed.map((each) => each.getBoundingClientRect())
      closed.forEach((each, index) => {
        const { width = 0, height = 0 } = sizes[index] ?? {}
        each.style.containIntrinsicSize = `auto ${width}px auto ${height}px`
        each.style.contentVisibility = 'auto'
        // Containment clips at the box: leave room for letters that lean or rise over it.
        each.style.setProperty('overflow-clip-margin', '1em')
      })
      closed = []
    },
  }
}
