/**
 * A decoder of OTLP made of nothing but the specification's field numbers, so that it knows nothing of how
 * Evenkeel writes. It holds JSON to proto3's mapping, field by field, puts it into the bytes of protobuf and
 * reads those back.
 * @see https://github.com/open-telemetry/opentelemetry-proto
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
type Scalar = 'bytes' | 'string' | 'bool' | 'double' | 'int64' | 'fixed64' | 'uint32' | 'fixed32' | 'enum'
type Field = readonly [number: number, type: Scalar | MessageName, repeated?: 'repeated']
type MessageName = keyof typeof MESSAGES

const MESSAGES = {
  ExportTraceServiceRequest: { resourceSpans: [1, 'ResourceSpans', 'repeated'] },
  ResourceSpans: {
    resource: [1, 'Resource'],
    scopeSpans: [2, 'ScopeSpans', 'repeated'],
    schemaUrl: [3, 'string'],
  },
  ScopeSpans: {
    scope: [1, 'InstrumentationScope'],
    spans: [2, 'Span', 'repeated'],
    schemaUrl: [3, 'string'],
  },
  Span: {
    traceId: [1, 'bytes'],
    spanId: [2, 'bytes'],
    traceState: [3, 'string'],
    parentSpanId: [4, 'bytes'],
    name: [5, 'string'],
    kind: [6, 'enum'],
    startTimeUnixNano: [7, 'fixed64'],
    endTimeUnixNano: [8, 'fixed64'],
    attributes: [9, 'KeyValue', 'repeated'],
    droppedAttributesCount: [10, 'uint32'],
    events: [11, 'Event', 'repeated'],
    droppedEventsCount: [12, 'uint32'],
    droppedLinksCount: [14, 'uint32'],
    status: [15, 'Status'],
    flags: [16, 'fixed32'],
  },
  Event: { timeUnixNano: [1, 'fixed64'], name: [2, 'string'], attributes: [3, 'KeyValue', 'repeated'] },
  Status: { message: [2, 'string'], code: [3, 'enum'] },
  ExportLogsServiceRequest: { resourceLogs: [1, 'ResourceLogs', 'repeated'] },
  ResourceLogs: {
    resource: [1, 'Resource'],
    scopeLogs: [2, 'ScopeLogs', 'repeated'],
    schemaUrl: [3, 'string'],
  },
  ScopeLogs: {
    scope: [1, 'InstrumentationScope'],
    logRecords: [2, 'LogRecord', 'repeated'],
    schemaUrl: [3, 'string'],
  },
  LogRecord: {
    timeUnixNano: [1, 'fixed64'],
    severityNumber: [2, 'enum'],
    severityText: [3, 'string'],
    body: [5, 'AnyValue'],
    attributes: [6, 'KeyValue', 'repeated'],
    droppedAttributesCount: [7, 'uint32'],
    flags: [8, 'fixed32'],
    traceId: [9, 'bytes'],
    spanId: [10, 'bytes'],
    observedTimeUnixNano: [11, 'fixed64'],
    eventName: [12, 'string'],
  },
  Resource: { attributes: [1, 'KeyValue', 'repeated'], droppedAttributesCount: [2, 'uint32'] },
  InstrumentationScope: {
    name: [1, 'string'],
    version: [2, 'string'],
    attributes: [3, 'KeyValue', 'repeated'],
  },
  KeyValue: { key: [1, 'string'], value: [2, 'AnyValue'] },
  AnyValue: {
    stringValue: [1, 'string'],
    boolValue: [2, 'bool'],
    intValue: [3, 'int64'],
    doubleValue: [4, 'double'],
    arrayValue: [5, 'ArrayValue'],
  },
  ArrayValue: { values: [1, 'AnyValue', 'repeated'] },
} as const satisfies Record<string, Record<string, readonly [number, string, 'repeated'?]>>

const fieldsOf = (name: MessageName) => Object.entries(MESSAGES[name]) as [string, Field][]
const isMessage = (type: Field[1]): type is MessageName => type in MESSAGES

const VARINT = 0
const EIGHT_BYTES = 1
const LENGTH = 2
const FOUR_BYTES = 5

const WIRE: Readonly<Record<Scalar, number>> = {
  bytes: LENGTH,
  string: LENGTH,
  bool: VARINT,
  double: EIGHT_BYTES,
  int64: VARINT,
  fixed64: EIGHT_BYTES,
  uint32: VARINT,
  fixed32: FOUR_BYTES,
  enum: VARINT,
}

/** The bytes of a message; it throws, naming the place, where the JSON is not what the mapping asks for. */
export function encode(name: MessageName, json: unknown, place: string = name): number[] {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Error(`${place} is no object`)
  const known = new Map(fieldsOf(name))
  return Object.entries(json).flatMap(([key, value]) => {
    const field = known.get(key)
    if (field === undefined) throw new Error(`${place}.${key} is no field of ${name}`)
    const [number, type, repeated] = field
    if (repeated === undefined) return encodeField(number, type, value, `${place}.${key}`)
    if (!Array.isArray(value)) throw new Error(`${place}.${key} is no list`)
    return value.flatMap((each, index) => encodeField(number, type, each, `${place}.${key}[${index}]`))
  })
}

function encodeField(number: number, type: Field[1], value: unknown, place: string): number[] {
  if (isMessage(type)) return tagged(number, LENGTH, lengthDelimited(encode(type, value, place)))
  const wrong = () => new Error(`${place} is no ${type}: ${JSON.stringify(value)}`)
  return tagged(number, WIRE[type], encodeScalar(type, value, wrong))
}

function encodeScalar(type: Scalar, value: unknown, wrong: () => Error): number[] {
  const view = new DataView(new ArrayBuffer(8))
  switch (type) {
    case 'string':
      if (typeof value !== 'string') throw wrong()
      return lengthDelimited([...new TextEncoder().encode(value)])
    case 'bytes':
      // Ids are in hex, unlike all other bytes of proto3's JSON.
      if (typeof value !== 'string' || !/^([0-9a-f]{2})+$/.test(value)) throw wrong()
      return lengthDelimited((value.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)))
    case 'bool':
      if (typeof value !== 'boolean') throw wrong()
      return [Number(value)]
    case 'double':
      if (typeof value !== 'number') throw wrong()
      view.setFloat64(0, value, true)
      return [...new Uint8Array(view.buffer)]
    case 'int64':
      if (typeof value !== 'string' || !/^-?\d{1,19}$/.test(value)) throw wrong()
      return varint(BigInt.asUintN(64, BigInt(value)))
    case 'fixed64':
      if (typeof value !== 'string' || !/^\d{1,20}$/.test(value)) throw wrong()
      view.setBigUint64(0, BigInt(value), true)
      return [...new Uint8Array(view.buffer)]
    case 'enum':
    case 'uint32':
      if (!Number.isInteger(value) || Number(value) < 0) throw wrong()
      return varint(BigInt(Number(value)))
    case 'fixed32':
      if (!Number.isInteger(value)) throw wrong()
      view.setUint32(0, Number(value), true)
      return [...new Uint8Array(view.buffer, 0, 4)]
  }
}

const tagged = (number: number, wire: number, bytes: readonly number[]) => [
  ...varint(BigInt((number << 3) | wire)),
  ...bytes,
]

const lengthDelimited = (bytes: readonly number[]) => [...varint(BigInt(bytes.length)), ...bytes]

function varint(value: bigint): number[] {
  const bytes: number[] = []
  let left = value
  do {
    const low = Number(left & 0x7fn)
    left >>= 7n
    bytes.push(left === 0n ? low : low | 0x80)
  } while (left !== 0n)
  return bytes
}

/** The message in these bytes, in proto3's JSON. */
export function decode(name: MessageName, bytes: Uint8Array): Record<string, unknown> {
  const byNumber = new Map(fieldsOf(name).map(([key, field]) => [field[0], [key, field] as const]))
  const message: Record<string, unknown> = {}
  let at = 0
  const readVarint = () => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at] ?? 0
      at += 1
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  const take = (length: number) => {
    at += length
    return bytes.subarray(at - length, at)
  }
  while (at < bytes.length) {
    const tag = Number(readVarint())
    const found = byNumber.get(tag >> 3)
    if (found === undefined) throw new Error(`${name} has no field ${tag >> 3}`)
    const [key, [, type, repeated]] = found
    const wire = tag & 7
    const raw =
      wire === VARINT
        ? readVarint()
        : take(wire === LENGTH ? Number(readVarint()) : wire === EIGHT_BYTES ? 8 : 4)
    const value = isMessage(type) ? decode(type, raw as Uint8Array) : decodeScalar(type, raw)
    if (repeated === undefined) message[key] = value
    else message[key] = [...((message[key] as unknown[] | undefined) ?? []), value]
  }
  return message
}

function decodeScalar(type: Scalar, raw: bigint | Uint8Array): unknown {
  if (typeof raw === 'bigint') {
    if (type === 'bool') return raw === 1n
    return type === 'int64' ? String(BigInt.asIntN(64, raw)) : Number(raw)
  }
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  if (type === 'double') return view.getFloat64(0, true)
  if (type === 'fixed64') return String(view.getBigUint64(0, true))
  if (type === 'fixed32') return view.getUint32(0, true)
  if (type === 'string') return new TextDecoder().decode(raw)
  return [...raw].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
