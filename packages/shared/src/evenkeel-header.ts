import { DisplayString, parseDictionary, serializeBareItem, Token } from 'structured-headers'
import type { AttemptHeader, ServerMetadata } from './wire.ts'

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

/** Names, versions and URLs are short; a longer text is not one of them. */
const MAX_TEXT = 2_048
const RUN_ID = /^[0-9a-f]{32}$/

/**
 * The `evenkeel` response header: an RFC 9651 dictionary such as
 * `prompt="draft-reply", version="3", cold=?0`. Values that are empty, too long or of a wrong type are
 * left out; where nothing is left the text is empty, and no header should be sent.
 */
export function formatMetadata(metadata: ServerMetadata): string {
  return formatMembers(Object.entries(metadataFromObject(metadata)))
}

/** Reads the `evenkeel` response header. It never throws: what cannot be read is as if it were not said. */
export function parseMetadata(header: string | null): ServerMetadata {
  return metadataFromObject(parseMembers(header))
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

/** The `evenkeel-attempt` request header: `run="…", step="model", tier="primary"`. */
export function formatAttempt({ run, step, tier }: AttemptHeader): string {
  return formatMembers(Object.entries({ run, step, tier }))
}

/** Reads the `evenkeel-attempt` request header; `null` where it is missing, malformed or incomplete. */
export function parseAttempt(header: string | null): AttemptHeader | null {
  const { run, step, tier } = parseMembers(header)
  if (typeof run !== 'string' || !RUN_ID.test(run)) return null
  return isOfKind('text', step) && isOfKind('text', tier)
    ? { run, step: step as string, tier: tier as string }
    : null
}

function isOfKind(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value !== '' && value.length <= MAX_TEXT
    case 'flag':
      return typeof value === 'boolean'
    case 'level':
      return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 5
  }
}

function formatMembers(members: readonly (readonly [string, string | boolean | number])[]): string {
  return members.map(([name, value]) => `${name}=${formatValue(value)}`).join(', ')
}

function formatValue(value: string | boolean | number): string {
  return typeof value !== 'string' || /^[\x20-\x7e]*$/.test(value)
    ? serializeBareItem(value)
    : formatDisplayString(value)
}

// Written here because the library writes a control character with one hex digit where RFC 9651,
// section 4.1.11, asks for two.
function formatDisplayString(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) =>
    byte < 0x20 || byte >= 0x7f || byte === 0x25 || byte === 0x22
      ? `%${byte.toString(16).padStart(2, '0')}`
      : String.fromCharCode(byte),
  )
  return `%"${bytes.join('')}"`
}

/** Members with their parameters dropped; tokens and display strings as text. Nothing where the header is malformed. */
function parseMembers(header: string | null): Readonly<Record<string, unknown>> {
  if (header === null) return {}
  try {
    const members = Array.from(parseDictionary(header), ([name, [value]]) => [
      name,
      value instanceof Token || value instanceof DisplayString ? value.toString() : value,
    ])
    return Object.fromEntries(members)
  } catch {
    return {}
  }
}
