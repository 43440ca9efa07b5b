/** Deeper than this is compared by reference only, so that no value can exhaust the stack. */
const MAX_DEPTH = 256

/**
 * `after`, with every plain object and array in it that says the same as the one at its place in
 * `before` replaced by that one: so a checked answer keeps the identity of what streamed in before it.
 * Instances of classes are taken as they are.
 */
export function shareStructure<Value>(before: unknown, after: Value, depth = 0): Value {
  if (Object.is(before, after) || depth === MAX_DEPTH) return after
  if (!isPlain(before) || !isPlain(after) || Array.isArray(before) !== Array.isArray(after)) return after
  const keys = Object.keys(after)
  let isSame = keys.length === Object.keys(before).length
  const entries = keys.map((key): [string, unknown] => {
    const isKnown = Object.hasOwn(before, key)
    const shared = shareStructure(isKnown ? before[key] : undefined, after[key], depth + 1)
    isSame &&= isKnown && Object.is(shared, before[key])
    return [key, shared]
  })
  if (isSame) return before as Value
  return (Array.isArray(after) ? entries.map(([, value]) => value) : Object.fromEntries(entries)) as Value
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || Array.isArray(value)
}
