import { request as httpRequest } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { workspaceFolder } from '../src/engine/workspace/folder.ts'
import { cleanUp, discoveryOf, newWorkspace, runCollector } from './collector-process.ts'

let url = ''
let port = 0
let witness: DatabaseSync

beforeAll(async () => {
  const workspace = newWorkspace()
  await runCollector(workspace).ready
  port = discoveryOf(workspace).port
  url = `http://127.0.0.1:${port}`
  witness = new DatabaseSync(workspaceFolder(workspace).store, { readOnly: true })
})

afterAll(async () => {
  witness.close()
  await cleanUp()
})

const spansNamed = (name: string) =>
  witness.prepare('SELECT trace_id, span_id, body FROM spans WHERE name = ?').all(name)

describe("OpenTelemetry's own exporters, unchanged", () => {
  it.each(['none', 'gzip'])('send traces, compression %s', async (compression) => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_COMPRESSION', compression)
    const exporter = new OTLPTraceExporter({ url: `${url}/v1/traces` })
    vi.unstubAllEnvs()
    const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
    const span = provider.getTracer('a-server').startSpan(`retrieve ${compression}`, {
      attributes: { 'gen_ai.operation.name': 'chat', nested: ['a', 'b'] },
    })
    const { traceId, spanId } = span.spanContext()
    span.end()
    await provider.forceFlush()
    await provider.shutdown()
    expect(spansNamed(`retrieve ${compression}`)).toMatchObject([{ trace_id: traceId, span_id: spanId }])
  })

  it('send an Evenkeel run as spans of an SDK, and it is a run', async () => {
    const exporter = new OTLPTraceExporter({ url: `${url}/v1/traces` })
    const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
    const tracer = provider.getTracer('@evenkeel/client')
    const root = tracer.startSpan('evenkeel.run summarise', {
      attributes: {
        'evenkeel.feature': 'summarise',
        'evenkeel.interaction': 'progressive',
        'evenkeel.outcome': 'answered',
        'evenkeel.level': 5,
        'evenkeel.level.by': 'local',
        'evenkeel.budget.complete_ms': 5000,
        'evenkeel.first_token_ms': 231.5,
        'evenkeel.attempts': 1,
      },
    })
    // Ends, and so is sent, before its root: the collector waits for the rest.
    tracer
      .startSpan(
        'evenkeel.attempt model',
        { attributes: { 'evenkeel.step': 'model', 'evenkeel.attempt.index': 0, 'evenkeel.tier': 'primary' } },
        trace.setSpan(ROOT_CONTEXT, root),
      )
      .end()
    await provider.forceFlush()
    root.end()
    await provider.forceFlush()
    await provider.shutdown()
    const runId = root.spanContext().traceId
    expect({
      ...witness.prepare('SELECT feature, first_token_ms, attempts FROM runs WHERE run_id = ?').get(runId),
    }).toEqual({ feature: 'summarise', first_token_ms: 231.5, attempts: 1 })
  })

  it('send logs', async () => {
    const exporter = new OTLPLogExporter({ url: `${url}/v1/logs` })
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] })
    provider.getLogger('a-server').emit({ body: 'hello', eventName: 'something.else' })
    await provider.forceFlush()
    await provider.shutdown()
    expect(witness.prepare('SELECT count(*) AS n FROM signals').get()?.n).toBe(0)
  })
})

describe('over a real socket', () => {
  /** By `node:http`, for `fetch` sets the host itself. */
  function send(headers: Record<string, string>, body: string | Buffer = '{}') {
    return new Promise<{ status: number; body: string }>((resolve, reject) => {
      const request = httpRequest(
        { host: '127.0.0.1', port, path: '/v1/traces', method: 'POST', headers },
        (response) => {
          let text = ''
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk
          })
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
        },
      )
      request.on('error', reject)
      request.end(body)
    })
  }
  const json = { 'content-type': 'application/json' }

  it('a foreign host and a foreign origin get 403', async () => {
    expect((await send({ ...json, host: 'evil.example' })).status).toBe(403)
    expect((await send({ ...json, host: `rebound.example:${port}` })).status).toBe(403)
    expect((await send({ ...json, origin: 'https://evil.example' })).status).toBe(403)
    expect((await send(json)).status).toBe(200)
  })

  it.each([17, 60, 200])(
    'a body of %i MiB gets an answer of 413, and the collector goes on',
    async (mebibytes) => {
      const body = Buffer.alloc(mebibytes * 1024 * 1024, ' ')
      const chunked = await fetch(`${url}/v1/traces`, { method: 'POST', headers: json, body }).catch(
        (error) => error,
      )
      expect(chunked).toMatchObject({ status: 413 })
      expect((await fetch(`${url}/healthz`)).status).toBe(200)
    },
  )

  it('a body without a length is bounded too', async () => {
    const chunk = new Uint8Array(1024 * 1024).fill(32)
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1
        if (sent > 20) controller.close()
        else controller.enqueue(chunk)
      },
    })
    const init = { method: 'POST', headers: json, body, duplex: 'half' }
    expect((await fetch(`${url}/v1/traces`, init as RequestInit)).status).toBe(413)
  })

  it('a sender that goes away in the middle leaves no trace', async () => {
    const before = witness.prepare('SELECT count(*) AS n FROM spans').get()?.n
    await new Promise<void>((resolve) => {
      const request = httpRequest({
        ...{ host: '127.0.0.1', port, path: '/v1/traces', method: 'POST' },
        headers: { ...json, 'content-length': '1000000' },
      })
      request.on('error', () => resolve())
      request.write('{"resourceSpans":[')
      setTimeout(() => request.destroy(new Error('gone')), 100)
    })
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect(witness.prepare('SELECT count(*) AS n FROM spans').get()?.n).toBe(before)
  })
})
