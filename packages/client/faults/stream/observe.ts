import type { StreamEvent } from '../../src/stream/event.ts'
import type { CreateReader, Reader } from '../../src/stream/reader.ts'
import type { Expected, Row } from './row.ts'

/** What came out of a reader, in the words of a row. */
export interface Seen extends Required<Omit<Expected, 'usage' | 'protocol' | 'early'>> {
  readonly usage: readonly [number | null, number | null] | null
  readonly protocol: string | null
  readonly early: boolean
  /** More or less than one terminal event, events after it, or something thrown: always wrong. */
  readonly broken: string | null
}

export function observe(createReader: CreateReader, row: Row, pieces: Iterable<Uint8Array>): Seen {
  const events: StreamEvent[] = []
  let reader: Reader | null = null
  let thrown: unknown = null
  let early = false
  try {
    reader = createReader(
      {
        status: row.status ?? 200,
        headers: new Headers(row.headers ?? { 'content-type': 'text/event-stream' }),
      },
      (event) => events.push(event),
      {
        ...(row.named === undefined ? {} : { protocol: row.named }),
        ...(row.maxEventLength === undefined ? {} : { maxEventLength: row.maxEventLength }),
      },
    )
    for (const piece of pieces) reader.push(piece)
    early = events.some(({ type }) => type === 'failed')
    reader.close()
    // Neither a late byte nor a second end may change anything.
    reader.push(new TextEncoder().encode('data: {"type":"text-delta","delta":"late"}\n\n'))
    reader.close()
  } catch (error) {
    thrown = error
  }
  return { ...summary(events), protocol: reader?.protocol ?? null, early, broken: brokenBy(events, thrown) }
}

function summary(events: readonly StreamEvent[]): Omit<Seen, 'protocol' | 'early' | 'broken'> {
  let text = ''
  let reasoning = ''
  let ending = ''
  let unknown = 0
  let usage: Seen['usage'] = null
  const lists = { tools: [], sources: [], files: [], data: [], metadata: [], withdrawn: [] } as Record<
    'tools' | 'sources' | 'files' | 'data' | 'metadata' | 'withdrawn',
    string[]
  >
  for (const event of events) {
    if (event.type === 'text') text += event.delta
    else if (event.type === 'reasoning') reasoning += event.delta
    else if (event.type === 'unknown') unknown += 1
    else if (event.type === 'usage') usage = [event.usage.inputTokens, event.usage.outputTokens]
    else if (event.type === 'end') ending ||= `end ${event.reason}${event.verified ? '' : ' unverified'}`
    else if (event.type === 'failed') ending ||= [event.failure, event.code ?? ''].join(' ').trim()
    else if (event.type === 'tool') {
      if (event.state !== 'input-streaming') lists.tools.push(describeTool(event))
    } else if (event.type === 'source') lists.sources.push(`${event.url} ${event.title}`)
    else if (event.type === 'file') lists.files.push(`${event.mediaType} ${event.url}`)
    else if (event.type === 'data') {
      lists.data.push(`${event.name}${event.id === null ? '' : `#${event.id}`}=${JSON.stringify(event.data)}`)
    } else if (event.type === 'metadata') {
      const stages = event.stages === undefined ? '' : ` ${JSON.stringify(event.stages)}`
      lists.metadata.push(JSON.stringify(event.metadata) + stages)
    } else if (event.type === 'withdrawn') lists.withdrawn.push(...event.ids)
  }
  return { text, reasoning, ending, unknown, usage, ...lists }
}

function describeTool(event: Extract<StreamEvent, { type: 'tool' }>): string {
  const said = [event.input, event.output, event.error].filter((value) => value !== undefined)
  return [event.name, event.state, ...said.map((value) => JSON.stringify(value))].join(' ')
}

function brokenBy(events: readonly StreamEvent[], thrown: unknown): string | null {
  if (thrown !== null) return `threw ${String(thrown)}`
  const ends = events.filter(({ type }) => type === 'end' || type === 'failed').length
  if (ends !== 1) return `${ends} terminal events`
  const last = events.at(-1)?.type
  return last === 'end' || last === 'failed' ? null : `${last} after the terminal event`
}
