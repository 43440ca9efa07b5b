/**
 * The same text for inputs that say the same: keys in one order, strings without blanks around them, what is
 * undefined left out. `null` for an input that JSON does not show whole (a `Map`, a file, an instance with
 * fields of its own kind, a circle): two different ones would look alike, and one get the other's answer.
 */
export function stableText(input: unknown): string | null {
  try {
    return JSON.stringify(input, normalised) ?? 'undefined'
  } catch {
    return null
  }
}

// `JSON.stringify` has called `toJSON` by then, so that a date is its text.
function normalised(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'function') throw new TypeError('a function is not in JSON')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('not a plain object')
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}
