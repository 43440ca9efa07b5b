import type { Answer } from './answer.ts'
import { addContent, type ContentEvent, withoutIds } from './content.ts'
import { seamBetween } from './text-seam.ts'

// A value begins first, after a key or in a list, and is neither blank nor `null`: the first thing to see of an object.
const FIRST_FIELD = /(?:^|[:[])\s*(?:"\s*[^\s"]|[-\dtf])/
/** How far the mark before a value may lie from it. */
const FIELD_REACH = 64

/** Takes what arrived of the attempt in hand. */
export function takeContent(answer: Answer, event: ContentEvent): void {
  addContent(answer.draft.entries, event)
  if (event.type === 'text') addText(answer, event.delta, event.id)
  else if (event.type === 'round') answer.blockId = null
  // A source is what a text is from, and stands inside it.
  else if (event.type !== 'source') {
    answer.isApart = true
    if (event.type === 'data' && answer.visibleData.includes(event.name)) answer.noteContent()
  }
  if (!answer.isHidden) answer.onContent()
}

/** The server takes back what it sent under these ids. */
export function withdrawContent(answer: Answer, ids: readonly string[]): void {
  const { entries } = answer.draft
  const kept = withoutIds(entries, ids)
  if (kept.length === entries.length) return
  answer.begin()
  for (const entry of kept) {
    if ('pieces' in entry)
      takeContent(answer, { type: entry.type, id: entry.id, delta: entry.pieces.join('') })
    else takeContent(answer, entry)
  }
}

function addText(answer: Answer, piece: string, id: string): void {
  if (piece === '') return
  const { isText, isApart } = answer
  const { text } = answer.draft
  const isNewBlock = id !== answer.blockId && text.length > 0
  let added = piece
  if (isNewBlock && isText) {
    added = seamBetween(text.readFrom(text.length - 2), piece, isApart) + piece
  } else if (isNewBlock && isApart) {
    // What a model says before its tools are done is not the object that was asked for.
    text.replace('')
  }
  answer.blockId = id
  answer.isApart = false
  text.append(added)
  if (!answer.hasContent && isVisible(answer, piece)) answer.noteContent()
  if (isText && answer.isHidden) return
  answer.arrivals.add(answer.sinceMs(), added.length)
  if (isText) answer.onText()
}

function isVisible({ isText, draft }: Answer, piece: string): boolean {
  if (isText) return /\S/.test(piece)
  const from = draft.text.length - piece.length - FIELD_REACH
  return FIRST_FIELD.test((from > 0 ? '…' : '') + draft.text.readFrom(from))
}
