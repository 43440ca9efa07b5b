import type { StreamEvent } from '../stream/event.ts'
import type { TextBuffer } from './text-buffer.ts'

/** The events that say something of the answer itself. */
export type ContentEvent = Extract<
  StreamEvent,
  { type: 'text' | 'reasoning' | 'tool' | 'source' | 'file' | 'data' | 'round' }
>

/** What arrived of one block, until something else did. */
export interface Stretch {
  readonly type: 'text' | 'reasoning'
  readonly id: string
  readonly pieces: string[]
}

export type ContentEntry = Stretch | Exclude<ContentEvent, { type: Stretch['type'] }>

/**
 * Everything that arrived of one attempt's answer, in order. It is kept as it came, at the cost of one
 * append for each token; who wants parts or an object makes them of it.
 */
export interface Content {
  /** Grows at its end; only the pieces of the last entry grow. */
  readonly entries: readonly ContentEntry[]
  /** The answer's text: words, or the JSON of a structured answer. */
  readonly text: Pick<TextBuffer, 'length' | 'revision' | 'readFrom'>
}

/** Adds what arrived to the end. */
export function addContent(entries: ContentEntry[], event: ContentEvent): void {
  if (event.type !== 'text' && event.type !== 'reasoning') return void entries.push(event)
  const { type, id, delta } = event
  const last = entries.at(-1)
  if (last !== undefined && 'pieces' in last && last.type === type && last.id === id) last.pieces.push(delta)
  else entries.push({ type, id, pieces: [delta] })
}

/** What stays when the server takes back the blocks and calls of these ids. */
export function withoutIds(entries: readonly ContentEntry[], ids: readonly string[]): ContentEntry[] {
  const firstOfRound = entries.findLastIndex(({ type }) => type === 'round') + 1
  return entries.filter(
    (entry, index) =>
      index < firstOfRound || !(('pieces' in entry || entry.type === 'tool') && ids.includes(entry.id)),
  )
}
