import { type Entry, type EntryKind, keyOf } from './entry.ts'

/** An entry about `id` whose body is that id and some text. */
export function entryAbout(id: string, change: Partial<Entry> & { readonly text?: string } = {}): Entry {
  const { text = '', ...rest } = change
  const owner = rest.owner ?? 'page'
  const body = JSON.stringify({ id, text })
  return {
    key: keyOf(owner, rest.kind ?? 'run', id),
    id,
    owner,
    scope: '["acme","u1"]',
    kind: 'run' satisfies EntryKind,
    atEpochMs: 0,
    body,
    sizeBytes: new TextEncoder().encode(body).length,
    hasContent: false,
    ...rest,
  }
}

/** The ids in a request of such entries. */
export function idsIn(body: string): string[] {
  const [list] = Object.values(JSON.parse(body) as Record<string, { id: string }[]>)
  return (list ?? []).map(({ id }) => id)
}
