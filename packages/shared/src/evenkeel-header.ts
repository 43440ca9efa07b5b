import { readDictionary } from './structured-field/read-dictionary.ts'
import { isShortText } from './structured-field/short-text.ts'
import { writeDictionary } from './structured-field/write-dictionary.ts'
import type { ServerMetadata } from './wire.ts'

type Kind = 'text' | 'flag' | 'level'

/** What each member of the dictionary holds; any other member is ignored. */
const MEMBERS = {
  prompt: 'text',
  version: 'text',
  hash: 'text',
  model: 'text',
  intent: 'text',
  path: 'text',
  context: 'text',
  cold: 'flag',
  level: 'level',
  resume: 'text',
  failed: 'text',
} as const satisfies Record<keyof ServerMetadata, Kind>

/**
 * The `evenkeel` response header: an RFC 9651 dictionary such as
 * `prompt="draft-reply", version="3", cold=?0`. Values that are empty, too long or of a wrong type are
 * left out; where nothing is left the text is empty, and no header should be sent.
 */
export function formatMetadata(metadata: ServerMetadata): string {
  return writeDictionary({ ...metadataFromObject(metadata) })
}

/** Reads the `evenkeel` response header. It never throws: what cannot be read is as if it were not said. */
export function parseMetadata(header: string | null): ServerMetadata {
  return metadataFromObject(Object.fromEntries(readDictionary(header ?? '') ?? []))
}

/** The same facts from an object in the stream, such as the AI SDK's message metadata. */
export function metadataFromObject(value: unknown): ServerMetadata {
  if (typeof value !== 'object' || value === null) return {}
  const said = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(MEMBERS).flatMap(([name, kind]) =>
      isOfKind(kind, said[name]) ? [[name, said[name]] as const] : [],
    ),
  )
}

function isOfKind(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'text':
      return isShortText(value)
    case 'flag':
      return typeof value === 'boolean'
    case 'level':
      return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 5
  }
}
