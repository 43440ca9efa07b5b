import type { AnyValue, KeyValue } from './types.ts'

/** What an attribute may be given as; `null` leaves it out. A bare number becomes a double. */
export type AttributeInput = string | number | boolean | AnyValue | null

/** A whole number: OTLP tells integers from doubles, and a column should not mix them. */
export function int(value: number | null): AnyValue | null {
  return value === null ? null : { intValue: String(value) }
}

/** A list of texts. */
export function texts(values: readonly string[]): AnyValue {
  return { arrayValue: { values: values.map((stringValue) => ({ stringValue })) } }
}

/** OTLP's list of keys and values, without those that are `null`. */
export function attributes(input: Readonly<Record<string, AttributeInput>>): KeyValue[] {
  return Object.entries(input).flatMap(([key, value]) =>
    value === null ? [] : [{ key, value: anyValue(value) }],
  )
}

/** The attributes that these values are, each under the name of its field. */
export function named<Field extends string>(
  names: Readonly<Record<Field, string>>,
  values: Readonly<Record<NoInfer<Field>, AttributeInput>>,
): KeyValue[] {
  const fields = Object.keys(names) as Field[]
  return attributes(Object.fromEntries(fields.map((field) => [names[field], values[field]])))
}

function anyValue(value: string | number | boolean | AnyValue): AnyValue {
  switch (typeof value) {
    case 'string':
      return { stringValue: value }
    case 'number':
      return { doubleValue: value }
    case 'boolean':
      return { boolValue: value }
    default:
      return value
  }
}
