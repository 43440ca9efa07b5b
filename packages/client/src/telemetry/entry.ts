/** What an entry is about: a run, a signal, or what the queue had to give up. */
export type EntryKind = 'run' | 'signal' | 'dropped'

/**
 * One thing on its way out, written down as it leaves: text, so that a page of another version of this
 * library can send it as well as its own.
 */
export interface Entry {
  /** Of its page and what it is about: two pages never write over each other's entries. */
  readonly key: string
  readonly id: string
  /** The page that looks after it. */
  readonly owner: string
  /** Tenant and user it was made for; it leaves in no other's session. */
  readonly scope: string
  readonly kind: EntryKind
  readonly atEpochMs: number
  /** One element of OTLP's `resourceSpans` or `resourceLogs`. */
  readonly body: string
  /** Of the body, in UTF-8. */
  readonly sizeBytes: number
  /** A user's words are in it. */
  readonly hasContent: boolean
}

/** A signal may bear the id of its run. */
export function keyOf(owner: string, kind: EntryKind, id: string): string {
  return `${owner} ${kind} ${id}`
}
