/** A JSON object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function asObject(value: unknown): JsonObject | null {
  return isObject(value) ? value : null
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The text, or `null` for anything else and for the empty text. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** A count of tokens, or `null`. */
export function asCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null
}

/** A position or an id as a text; `''` for anything that is neither, which `String` might even throw on. */
export function asKey(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : ''
}

/** The name of an event that nobody knows, short enough to keep. */
export function nameOf(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value.slice(0, 64) : 'unnamed'
}

/** What a tool is to be called with; no argument at all counts as an empty object. */
export function parseToolInput(json: string): { readonly input: unknown } | null {
  if (json.trim() === '') return { input: {} }
  try {
    return { input: JSON.parse(json) }
  } catch {
    return null
  }
}

/** Whether the last, unended event of a body came whole: JSON cannot be cut and still be valid, except in a bare number. */
export function isWholeMessage(data: string): boolean {
  if (data.startsWith('[DONE]')) return true
  try {
    JSON.parse(data)
    return true
  } catch {
    return false
  }
}
