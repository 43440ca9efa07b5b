import { createArrivals } from './arrivals.ts'
import { createTextBuffer, type TextBuffer } from './text-buffer.ts'

/** What one run has to show, and what of it is shown. */
export interface Answer {
  /** What the user reads. */
  readonly text: TextBuffer
  /** Something visible of a text answer is on the screen. */
  readonly isShown: boolean
  /** The attempt in hand has given something that is not blank. */
  readonly hasContent: boolean
  /** Everything that the attempt in hand has given. */
  readonly draft: TextBuffer
  /** Of the run, in milliseconds from the trigger. */
  readonly firstTokenMs: number | null
  /** A new attempt. What is shown stays, and then the attempt's text waits until it is complete. */
  begin(): void
  add(piece: string): void
  /** Something visible came that is no text. */
  addData(): void
  /** Shows this instead of whatever is shown. */
  put(text: string): void
  timeline(): string
}

/**
 * @param streams - whether text is shown as it arrives; false for a structured answer, whose text is
 *   JSON that nobody reads.
 */
export function createAnswer(streams: boolean, sinceMs: () => number, onText: () => void): Answer {
  const text = createTextBuffer()
  const arrivals = createArrivals()
  let draft = text
  let isShown = false
  let hasContent = false
  let firstTokenMs: number | null = null

  const noteContent = () => {
    hasContent = true
    firstTokenMs ??= sinceMs()
    if (draft === text) isShown = true
  }

  return {
    text,
    get isShown() {
      return isShown
    },
    get hasContent() {
      return hasContent
    },
    get draft() {
      return draft
    },
    get firstTokenMs() {
      return firstTokenMs
    },
    begin() {
      hasContent = false
      draft = streams && !isShown ? text : createTextBuffer()
      // Blanks of a failed attempt are nothing that anyone has read.
      if (draft === text && text.length > 0) text.replace('')
    },
    add(piece) {
      if (piece === '') return
      draft.append(piece)
      if (!hasContent && /\S/.test(piece)) noteContent()
      if (draft !== text && isShown) return
      arrivals.add(sinceMs(), piece.length)
      if (draft === text) onText()
    },
    addData: noteContent,
    put(whole) {
      text.replace(whole)
      arrivals.add(sinceMs(), whole.length)
      draft = text
      noteContent()
      onText()
    },
    timeline: () => arrivals.encode(),
  }
}
