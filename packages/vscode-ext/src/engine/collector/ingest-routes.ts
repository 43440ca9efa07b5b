import { type Context, Hono } from 'hono'
import { type Change, LOGS_PATH, TRACES_PATH } from '../contract.ts'
import { BODY_DECODERS, decoderOf, type OtlpSignal } from '../otlp/decode-body.ts'
import { problemOfOtlp } from '../otlp/problem-of-request.ts'
import type { Store } from '../store/store.ts'
import type { Writer } from '../store/writer.ts'
import { ingestLogs } from './ingest-logs.ts'
import { type Ingested, ingestTraces } from './ingest-traces.ts'
import { Problem } from './problem.ts'
import { readBody } from './read-body.ts'

export interface IngestDependencies {
  readonly store: Store
  /** After each batch that changed something. */
  readonly onChange: (change: Change) => void
  /** After each batch, changed or not. */
  readonly onIngest: () => void
}

const INGEST: Record<
  OtlpSignal,
  { ingest: (request: unknown, writer: Writer) => Ingested; rejected: string }
> = {
  traces: { ingest: ingestTraces, rejected: 'rejectedSpans' },
  logs: { ingest: ingestLogs, rejected: 'rejectedLogRecords' },
}

const MAX_REASONS = 5

/** OTLP/HTTP: https://opentelemetry.io/docs/specs/otlp/#otlphttp */
export function ingestRoutes({ store, onChange, onIngest }: IngestDependencies): Hono {
  const routes = new Hono()
  const receive = (signal: OtlpSignal) => async (context: Context) => {
    const request = await decodeRequest(context.req.raw, signal)
    const { ingest, rejected } = INGEST[signal]
    const ingested = store.write((writer) => ingest(request, writer))
    onIngest()
    if (ingested.runs + ingested.signals > 0)
      onChange({ features: [...ingested.features], runs: ingested.runs, signals: ingested.signals })
    return context.json(ingested.rejected === 0 ? {} : partialSuccess(rejected, ingested))
  }
  routes.post(TRACES_PATH, receive('traces'))
  routes.post(LOGS_PATH, receive('logs'))
  return routes
}

async function decodeRequest(request: Request, signal: OtlpSignal): Promise<unknown> {
  const contentType = request.headers.get('content-type') ?? undefined
  const decode = decoderOf(contentType)
  if (decode === undefined)
    throw new Problem(
      415,
      `The content type "${contentType ?? ''}" is not read here.`,
      `Send OTLP as ${Object.keys(BODY_DECODERS).join(' or ')}.`,
    )
  const body = await readBody(request)
  const decoded = parse(() => decode(body, signal))
  const problem = problemOfOtlp(decoded, signal)
  if (problem !== null)
    throw new Problem(
      400,
      problem,
      `Send an OTLP Export${signal === 'traces' ? 'Trace' : 'Logs'}ServiceRequest.`,
    )
  return decoded
}

function parse(decode: () => unknown): unknown {
  try {
    return decode()
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw new Problem(400, 'The body cannot be decoded.', `Check how it is written: ${what}`)
  }
}

/** proto3 JSON writes 64-bit counts as strings. */
function partialSuccess(field: string, { rejected, reasons }: Ingested) {
  const more = reasons.length > MAX_REASONS ? `; and ${reasons.length - MAX_REASONS} more` : ''
  return {
    partialSuccess: {
      [field]: String(rejected),
      errorMessage: reasons.slice(0, MAX_REASONS).join('; ') + more,
    },
  }
}
