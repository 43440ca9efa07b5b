import { createArrivals } from './arrivals.ts'
import { addContent, type Content, type ContentEntry, type ContentEvent, withoutIds } from './content.ts'
import { createTextBuffer, type TextBuffer } from './text-buffer.ts'
import { seamBetween } from './text-seam.ts'

/** What one run has to show, and what of it is shown. */
export interface Answer {
  /** What the user reads; nothing, for a structured answer. */
  readonly text: TextBuffer
  /** What is shown, with everything that is not text. Another one where it was replaced. */
  readonly content: Content
  /** Something visible of a text answer is on the screen. */
  readonly isShown: boolean
  /** The attempt in hand has given something that can be seen. */
  readonly hasContent: boolean
  /** Everything that the attempt in hand has given; its content is not `content` while a partial answer is shown. */
  readonly draft: TextBuffer
  /** What is shown is of an earlier attempt. */
  readonly isHidden: boolean
  /** Of the run, in milliseconds from the trigger. */
  readonly firstTokenMs: number | null
  /** A new attempt. What is shown stays, and then the attempt's content waits until it is complete. */
  begin(): void
  take(event: ContentEvent): void
  /** The server takes back what it sent under these ids. */
  withdraw(ids: readonly string[]): void
  /** Shows what the attempt in hand has given. */
  commit(): void
  /** Shows this instead of whatever is shown. */
  put(text: string): void
  timeline(): string
}

/** How an answer is taken. */
export interface AnswerOptions {
  /** False for a structured answer, whose text is JSON that nobody reads. */
  readonly isText: boolean
  /** Names of the data parts that count as visible. */
  readonly visibleData: readonly string[]
}

interface Draft extends Content {
  readonly entries: ContentEntry[]
  readonly text: TextBuffer
}

// A value begins first, after a key or in a list, and is neither blank nor `null`: the first thing to see of an object.
const FIRST_FIELD = /(?:^|[:[])\s*(?:"\s*[^\s"]|[-\dtf])/
/** How far the mark before a value may lie from it. */
const FIELD_REACH = 64

export function createAnswer(
  { isText, visibleData }: AnswerOptions,
  sinceMs: () => number,
  onText: () => void,
  onContent: () => void,
): Answer {
  const text = createTextBuffer()
  const arrivals = createArrivals()
  let draft: Draft = { entries: [], text: isText ? text : createTextBuffer() }
  let shown = draft
  let isSeen = false
  let hasContent = false
  let firstTokenMs: number | null = null
  let blockId: string | null = null
  /** Something other than text came since the last of it. */
  let isApart = false

  const noteContent = () => {
    hasContent = true
    firstTokenMs ??= sinceMs()
    if (draft === shown) isSeen = true
  }

  function begin(): void {
    hasContent = false
    blockId = null
    isApart = false
    // Blanks of a failed attempt are nothing that anyone has read.
    if (isText && !isSeen && text.length > 0) text.replace('')
    draft = { entries: [], text: isText && !isSeen ? text : createTextBuffer() }
    if (!isSeen) shown = draft
  }

  function addText(piece: string, id: string): void {
    if (piece === '') return
    const isNewBlock = id !== blockId && draft.text.length > 0
    let added = piece
    if (isNewBlock && isText) {
      added = seamBetween(draft.text.readFrom(draft.text.length - 2), piece, isApart) + piece
    } else if (isNewBlock && isApart) {
      // What a model says before its tools are done is not the object that was asked for.
      draft.text.replace('')
    }
    blockId = id
    isApart = false
    draft.text.append(added)
    if (!hasContent && isVisible(piece)) noteContent()
    if (isText && draft !== shown) return
    arrivals.add(sinceMs(), added.length)
    if (isText) onText()
  }

  function isVisible(piece: string): boolean {
    if (isText) return /\S/.test(piece)
    const from = draft.text.length - piece.length - FIELD_REACH
    return FIRST_FIELD.test((from > 0 ? '…' : '') + draft.text.readFrom(from))
  }

  function take(event: ContentEvent): void {
    addContent(draft.entries, event)
    if (event.type === 'text') addText(event.delta, event.id)
    else if (event.type === 'round') blockId = null
    // A source is what a text is from, and stands inside it.
    else if (event.type !== 'source') {
      isApart = true
      if (event.type === 'data' && visibleData.includes(event.name)) noteContent()
    }
    if (draft === shown) onContent()
  }

  function commit(): void {
    if (draft !== shown) {
      shown = isText ? { entries: draft.entries, text } : draft
      if (isText) {
        const whole = draft.text.readFrom(0)
        text.replace(whole)
        arrivals.add(sinceMs(), whole.length)
      }
      draft = shown
    }
    noteContent()
    if (isText) onText()
    onContent()
  }

  return {
    text,
    get content() {
      return shown
    },
    get isShown() {
      return isText && isSeen
    },
    get hasContent() {
      return hasContent
    },
    get draft() {
      return draft.text
    },
    get isHidden() {
      return draft !== shown
    },
    get firstTokenMs() {
      return firstTokenMs
    },
    begin,
    take,
    withdraw(ids) {
      const kept = withoutIds(draft.entries, ids)
      if (kept.length === draft.entries.length) return
      begin()
      for (const entry of kept) {
        if ('pieces' in entry) take({ type: entry.type, id: entry.id, delta: entry.pieces.join('') })
        else take(entry)
      }
    },
    commit,
    put(whole) {
      draft = { entries: [], text: createTextBuffer() }
      if (whole !== '') {
        draft.text.append(whole)
        addContent(draft.entries, { type: 'text', id: 'template', delta: whole })
      }
      commit()
    },
    timeline: () => arrivals.encode(),
  }
}
