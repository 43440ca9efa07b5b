import { readDictionary } from './structured-field/read-dictionary.ts'
import { isShortText } from './structured-field/short-text.ts'
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
