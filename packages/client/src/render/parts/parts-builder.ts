import type { ContentEntry, Stretch } from '../../run/content.ts'
import { createObjectReader, type ObjectReader } from '../../stream/object/object-reader.ts'
import type { Part, ToolPart } from './part.ts'

/** Makes parts of what arrived. */
export interface PartsBuilder {
  /**
   * The parts of all entries so far, in the order in which each began. It reads only what is new; the
   * list is the same one where nothing changed, and so is each part.
   */
  read(entries: readonly ContentEntry[]): readonly Part[]
}

type Entry<Type> = Extract<ContentEntry, { type: Type }>

/** @param withText - false for a structured answer, whose text is JSON that nobody reads. */
export function createPartsBuilder(withText: boolean): PartsBuilder {
  let parts: readonly Part[] = []
  let next: Part[] = []
  /** Where the part stands that an id of the stream means now. */
  const places = new Map<string, number>()
  const inputs = new Map<number, ObjectReader>()
  const growing = new Set<number>()
  let at = 0
  let piecesRead = 0

  function put(name: string | null, part: Part): void {
    const known = name === null ? undefined : places.get(name)
    if (name !== null && known === undefined) places.set(name, next.length)
    next[known ?? next.length] = part
  }

  function keyFor(name: string): string {
    return String(places.get(name) ?? next.length)
  }

  function takeText({ type, id }: Stretch, added: string): void {
    if (added === '' || (type === 'text' && !withText)) return
    const name = `${type}:${id}`
    const before = next[places.get(name) ?? next.length]
    const text = before?.type === type ? before.text + added : added
    put(name, { type, key: keyFor(name), text })
  }

  function takeTool(event: Entry<'tool'>): void {
    const name = `tool:${event.id}`
    const place = places.get(name) ?? next.length
    const known = next[place]
    const before = known?.type === 'tool' ? known : null
    if (event.inputDelta !== undefined) {
      const reader = inputs.get(place) ?? createObjectReader()
      reader.push(event.inputDelta)
      inputs.set(place, reader)
      growing.add(place)
    }
    const part: ToolPart = {
      type: 'tool',
      key: String(place),
      id: event.id,
      name: event.name ?? before?.name ?? null,
      state: event.state,
      input: 'input' in event ? event.input : before?.input,
      output: 'output' in event ? event.output : before?.output,
      isPreliminary: event.preliminary ?? false,
      error: event.error ?? before?.error ?? null,
      isProviderExecuted: event.providerExecuted ?? before?.isProviderExecuted ?? false,
      approvalId: event.approvalId ?? before?.approvalId ?? null,
    }
    if ('input' in event) growing.delete(place)
    put(name, part)
  }

  function take(entry: Exclude<ContentEntry, Stretch>): void {
    switch (entry.type) {
      case 'tool':
        return takeTool(entry)
      case 'source': {
        // A text that is cited twice names its source twice.
        const { type, id, url, title, mediaType } = entry
        const name = `source:${id}:${url}`
        if (places.get(name) === undefined) put(name, { type, key: keyFor(name), id, url, title, mediaType })
        return
      }
      case 'file': {
        const { type, url, mediaType } = entry
        return put(null, { type, key: String(next.length), url, mediaType })
      }
      case 'data': {
        // Transient data is for whoever listens now, and no part of the answer.
        if (entry.transient) return
        const { type, name: called, id, data } = entry
        const name = id === null ? null : `data:${called}:${id}`
        const key = name === null ? String(next.length) : keyFor(name)
        return put(name, { type, key, name: called, id, data })
      }
      case 'round':
        // The next request counts its blocks anew; a call keeps its id, because results name it.
        for (const name of places.keys()) if (/^(text|reasoning):/.test(name)) places.delete(name)
    }
  }

  /** Gives calls whose input grew the input as far as it has come: once for each read, not for each piece. */
  function showInputs(): void {
    for (const place of growing) {
      const part = next[place]
      if (part?.type === 'tool') next[place] = { ...part, input: inputs.get(place)?.snapshot() }
    }
    growing.clear()
  }

  return {
    read(entries) {
      next = [...parts]
      for (; at < entries.length; at += 1) {
        const entry = entries[at]
        if (entry === undefined) break
        if (!('pieces' in entry)) {
          take(entry)
          continue
        }
        takeText(entry, entry.pieces.slice(piecesRead).join(''))
        piecesRead = entry.pieces.length
        // The last one may still grow.
        if (at === entries.length - 1) break
        piecesRead = 0
      }
      showInputs()
      if (next.length !== parts.length || next.some((part, place) => part !== parts[place])) parts = next
      return parts
    },
  }
}
