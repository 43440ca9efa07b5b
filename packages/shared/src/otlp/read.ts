/** A JSON object of unknown members. */
export type Json = Readonly<Record<string, unknown>>

/** The objects in a value that should be a list of them; anything else is passed over. */
export function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What is wrong with a body that should be an OTLP request; `null` where nothing is. */
export function problemOfRequest(body: unknown, list: string): string | null {
  if (!isObject(body)) return 'The body is not a JSON object.'
  // An empty request is a valid one: proto3 JSON leaves empty lists out.
  if (Object.keys(body).length === 0) return null
  return Array.isArray(body[list]) ? null : `The body has no list \`${list}\`.`
}

/** Attributes by name, asked for by type: what has another type is as if it were not there. */
export interface Attributes {
  text(key: string): string | null
  number(key: string): number | null
  flag(key: string): boolean | null
  texts(key: string): string[]
  /** A value of a closed list. */
  oneOf<T extends string | number>(key: string, allowed: readonly T[]): T | null
  /** Numbers whose key starts and ends so, under what stands between. */
  numbers(prefix: string, suffix: string): Record<string, number>
}

/** Reads OTLP's list of keys and values. Where a key stands twice the last one counts. */
export function readAttributes(list: unknown): Attributes {
  const values = new Map<string, unknown>()
  for (const { key, value } of objects(list)) {
    if (typeof key === 'string') values.set(key, plain(value))
  }
  return {
    text: (key) => ofType(values.get(key), 'string'),
    number: (key) => ofType(values.get(key), 'number'),
    flag: (key) => ofType(values.get(key), 'boolean'),
    texts(key) {
      const value = values.get(key)
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
    },
    oneOf: (key, allowed) => allowed.find((item) => item === values.get(key)) ?? null,
    numbers(prefix, suffix) {
      const found = Array.from(values).filter(
        ([key, value]) =>
          typeof value === 'number' &&
          key.startsWith(prefix) &&
          key.endsWith(suffix) &&
          key.length >= prefix.length + suffix.length,
      ) as [string, number][]
      return Object.fromEntries(
        found.map(([key, value]) => [key.slice(prefix.length, key.length - suffix.length), value]),
      )
    },
  }
}

interface Types {
  string: string
  number: number
  boolean: boolean
}

function ofType<T extends keyof Types>(value: unknown, type: T): Types[T] | null {
  return typeof value === type ? (value as Types[T]) : null
}

// Senders differ: proto3 JSON lets a number be written as a string, and an integer is one by rule.
function plain(value: unknown): unknown {
  if (!isObject(value)) return null
  if (typeof value.stringValue === 'string') return value.stringValue
  if (typeof value.boolValue === 'boolean') return value.boolValue
  if (isObject(value.arrayValue)) return objects(value.arrayValue.values).map(plain)
  const number = value.intValue ?? value.doubleValue
  if (typeof number !== 'number' && (typeof number !== 'string' || number.trim() === '')) return null
  return Number.isFinite(Number(number)) ? Number(number) : null
}
