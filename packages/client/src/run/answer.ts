import { type Arrivals, createArrivals } from './arrivals.ts'
import type { Content, ContentEntry } from './content.ts'
import { createTextBuffer, type TextBuffer } from './text-buffer.ts'

/** What one attempt has given. */
export interface Draft extends Content {
  readonly entries: ContentEntry[]
  readonly text: TextBuffer
}

/** What one run has to show, and what of it is shown. What an attempt gives is taken in `answer-taking.ts`. */
export interface Answer {
  /** False for a structured answer, whose text is JSON that nobody reads. */
  readonly isText: boolean
  /** Names of the data parts that count as visible. */
  readonly visibleData: readonly string[]
  /** What the user reads; nothing, for a structured answer. */
  readonly text: TextBuffer
  readonly arrivals: Arrivals
  /** What is shown, with everything that is not text. Another one where it was replaced. */
  content: Draft
  /** Everything that the attempt in hand has given; it is not `content` while a partial answer is shown. */
  draft: Draft
  /** Something visible is shown. */
  isSeen: boolean
  /** The attempt in hand has given something that can be seen. */
  hasContent: boolean
  /** Of the run, in milliseconds from the trigger. */
  firstTokenMs: number | null
  /** The block that the last piece of text was of. */
  blockId: string | null
  /** Something other than text came since the last of it. */
  isApart: boolean
  /** Something visible of a text answer is on the screen. */
  readonly isShown: boolean
  /** What is shown is of an earlier attempt. */
  readonly isHidden: boolean
  sinceMs(): number
  onText(): void
  onContent(): void
  /** A new attempt. What is shown stays, and then the attempt's content waits until it is complete. */
  begin(): void
  /** There is something to see of the attempt in hand. */
  noteContent(): void
  /** Shows what the attempt in hand has given. */
  commit(): void
  /** Shows this instead of whatever is shown. */
  put(text: string): void
}

export function createAnswer(
  given: Pick<Answer, 'isText' | 'visibleData' | 'sinceMs' | 'onText' | 'onContent'>,
): Answer {
  const { isText, sinceMs, onText, onContent } = given
  const text = createTextBuffer()
  const arrivals = createArrivals()
  const draft: Draft = { entries: [], text: isText ? text : createTextBuffer() }

  const answer: Answer = {
    ...given,
    text,
    arrivals,
    content: draft,
    draft,
    isSeen: false,
    hasContent: false,
    firstTokenMs: null,
    blockId: null,
    isApart: false,
    get isShown() {
      return isText && answer.isSeen
    },
    get isHidden() {
      return answer.draft !== answer.content
    },
    begin() {
      const { isSeen } = answer
      answer.hasContent = false
      answer.blockId = null
      answer.isApart = false
      // Blanks of a failed attempt are nothing that anyone has read.
      if (isText && !isSeen && text.length > 0) text.replace('')
      answer.draft = { entries: [], text: isText && !isSeen ? text : createTextBuffer() }
      if (!isSeen) answer.content = answer.draft
    },
    noteContent() {
      answer.hasContent = true
      answer.firstTokenMs ??= sinceMs()
      answer.isSeen ||= !answer.isHidden
    },
    commit() {
      if (answer.isHidden) {
        const { entries, text: drafted } = answer.draft
        answer.content = isText ? { entries, text } : answer.draft
        if (isText) {
          const whole = drafted.readFrom(0)
          text.replace(whole)
          arrivals.add(sinceMs(), whole.length)
        }
        answer.draft = answer.content
      }
      answer.noteContent()
      if (isText) onText()
      onContent()
    },
    put(whole) {
      answer.draft = { entries: [], text: createTextBuffer() }
      if (whole !== '') {
        answer.draft.text.append(whole)
        answer.draft.entries.push({ type: 'text', id: 'template', pieces: [whole] })
      }
      answer.commit()
    },
  }
  return answer
}
