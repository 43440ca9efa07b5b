import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One span or log record as it arrived, with what its attributes say of who sent it. */
export interface Arrived {
  readonly run: string
  readonly tenant: string | null
  readonly user: string | null
  readonly isOfFeature: boolean
  /** All of it, and of its resource. */
  readonly text: string
  readonly resource: string
}

export interface Collector {
  readonly url: string
  readonly arrived: readonly Arrived[]
  close(): Promise<void>
}

interface Item {
  readonly traceId?: string
  readonly attributes?: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[]
}

type Groups = readonly {
  readonly resource?: object
  readonly scopeSpans?: readonly { readonly spans?: readonly Item[] }[]
  readonly scopeLogs?: readonly { readonly logRecords?: readonly Item[] }[]
}[]

/** Whatever comes after the product's server, which takes everything and writes it down; read by the names of OTLP/JSON alone. */
export async function startCollector(): Promise<Collector> {
  const arrived: Arrived[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    arrived.push(...itemsOf(Buffer.concat(chunks).toString('utf8')))
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Every span and log record of a request. */
export function itemsOf(body: string): Arrived[] {
  const { resourceSpans = [], resourceLogs = [] } = JSON.parse(body) as Record<string, Groups>
  return [...resourceSpans, ...resourceLogs].flatMap(({ resource, scopeSpans = [], scopeLogs = [] }) =>
    [
      ...scopeSpans.flatMap(({ spans = [] }) => spans),
      ...scopeLogs.flatMap(({ logRecords = [] }) => logRecords),
    ].map((item) => {
      const said = new Map((item.attributes ?? []).map(({ key, value }) => [key, value.stringValue ?? '']))
      return {
        run: item.traceId ?? '',
        tenant: said.get('evenkeel.tenant') ?? null,
        user: said.get('enduser.pseudo.id') ?? null,
        isOfFeature: said.has('evenkeel.feature'),
        text: JSON.stringify([item, resource]),
        resource: JSON.stringify(resource ?? {}),
      }
    }),
  )
}
