/** The parts that several tenants and users share, each by its name. */
export const LAYERS = [
  'screen',
  'kept answers',
  'level state',
  'queue',
  'words in the queue',
  'journal',
  'reload note',
  'resume',
  'ingest',
  'rate limit',
  'flags',
  'kept flags',
  "tabs' channel",
  "server's controls",
  'replay',
  'query cache',
  'switch in an open tab',
  'sign-out',
] as const

export type LayerName = (typeof LAYERS)[number]

/** What was looked at in one layer. */
export interface Page {
  checks: number
  /** What crossed from one scope into another, in words. */
  readonly leaks: string[]
  /** What should have been there to cross, and was not: the checks beside it prove nothing. */
  readonly unproven: string[]
}

/** Where a scenario writes down what it has seen. */
export interface Book {
  readonly pages: ReadonlyMap<LayerName, Page>
  /** Nothing crosses here; where it does not hold something did. */
  isolates(layer: LayerName, holds: boolean, leak: string): void
  /** There was something that could have crossed. */
  proves(layer: LayerName, holds: boolean, missing: string): void
}

/** Thrown where enough was seen. */
export class Enough extends Error {}

/** With `until` the first leak there is enough. */
export function createBook(until: LayerName | null = null): Book {
  const pages = new Map<LayerName, Page>()
  function pageOf(layer: LayerName): Page {
    const page = pages.get(layer) ?? { checks: 0, leaks: [], unproven: [] }
    pages.set(layer, page)
    return page
  }
  const note = (layer: LayerName, holds: boolean, list: string[], words: string) => {
    pageOf(layer).checks += 1
    if (!holds && !list.includes(words)) list.push(words)
  }
  return {
    pages,
    isolates(layer, holds, leak) {
      note(layer, holds, pageOf(layer).leaks, leak)
      if (!holds && layer === until) throw new Enough(leak)
    },
    proves: (layer, holds, missing) => note(layer, holds, pageOf(layer).unproven, missing),
  }
}
