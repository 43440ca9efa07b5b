/**
 * The parts of OTLP/JSON that Evenkeel writes: proto3 JSON with lower camel case names, ids in
 * lower-case hex, 64-bit integers as strings and enums as numbers.
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export type AnyValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } }

export interface KeyValue {
  readonly key: string
  readonly value: AnyValue
}

export interface OtlpResource {
  readonly attributes: readonly KeyValue[]
}

export interface OtlpScope {
  readonly name: string
}

export interface OtlpEvent {
  readonly timeUnixNano: string
  readonly name: string
  readonly attributes: readonly KeyValue[]
}

export interface OtlpSpan {
  readonly traceId: string
  readonly spanId: string
  /** Absent for a root span. */
  readonly parentSpanId?: string
  readonly name: string
  /** 1 internal, 3 client. */
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly KeyValue[]
  readonly events: readonly OtlpEvent[]
  /** Code 0 unset, 2 error. */
  readonly status: { readonly code?: number; readonly message?: string }
}

export interface ExportTraceRequest {
  readonly resourceSpans: readonly {
    readonly resource: OtlpResource
    readonly scopeSpans: readonly {
      readonly scope: OtlpScope
      readonly spans: readonly OtlpSpan[]
      readonly schemaUrl: string
    }[]
  }[]
}

export interface OtlpLogRecord {
  readonly timeUnixNano: string
  readonly observedTimeUnixNano: string
  /** 9 is INFO. */
  readonly severityNumber: number
  readonly eventName: string
  /** Absent where it is of no run. */
  readonly traceId?: string
  readonly attributes: readonly KeyValue[]
}

export interface ExportLogsRequest {
  readonly resourceLogs: readonly {
    readonly resource: OtlpResource
    readonly scopeLogs: readonly {
      readonly scope: OtlpScope
      readonly logRecords: readonly OtlpLogRecord[]
      readonly schemaUrl: string
    }[]
  }[]
}
