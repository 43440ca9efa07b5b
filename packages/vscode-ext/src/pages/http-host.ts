import { CHANGES_PATH, type Change, type ErrorAnswer } from '../engine/contract.ts'
import { AskError, type Host } from './host.ts'

export interface HttpHostOptions {
  /** The collector's origin, e.g. `http://127.0.0.1:4318`. */
  readonly collector: string
  readonly token: string
  readonly fetch: typeof fetch
  readonly openRun: (runId: string) => void
  readonly copy: (text: string) => void
  /** How long to wait before a broken change stream is opened again. */
  readonly reconnectMs?: number
}

/** A host straight on a collector, for a plain browser and for tests. */
export function createHttpHost(options: HttpHostOptions): Host {
  const { collector, token, reconnectMs = 2_000 } = options
  const headers = { authorization: `Bearer ${token}` }

  async function ask<T>(path: string, query: Readonly<Record<string, string>>): Promise<T> {
    const url = new URL(path, collector)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    let response: Response
    try {
      response = await options.fetch(url, { headers })
    } catch {
      throw new AskError({
        error: `The collector at ${collector} does not answer.`,
        hint: 'Start it with npm start, or open the workspace in the editor, then try again.',
      })
    }
    const body: unknown = await response.json().catch(() => null)
    if (response.ok && body !== null) return body as T
    throw new AskError(
      isErrorAnswer(body)
        ? body
        : {
            error: `The collector answered ${response.status} without a reason.`,
            hint: 'Look at its log; another program may be using its port.',
          },
      response.status,
    )
  }

  function onChange(listener: (change: Change) => void): () => void {
    const leaving = new AbortController()
    void listen(leaving.signal, listener)
    return () => leaving.abort()
  }

  /** `EventSource` cannot send a token, so the stream is read by `fetch`. */
  async function listen(signal: AbortSignal, listener: (change: Change) => void): Promise<void> {
    while (!signal.aborted) {
      try {
        const response = await options.fetch(new URL(CHANGES_PATH, collector), { headers, signal })
        if (response.ok && response.body !== null) await readChanges(response.body, listener)
      } catch {
        // Broken or left: the loop decides which.
      }
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, reconnectMs))
    }
  }

  return { ask, onChange, openRun: options.openRun, copy: options.copy }
}

/** Reads our own server's events: one `data:` line each, blocks parted by a blank line. */
async function readChanges(
  body: ReadableStream<Uint8Array>,
  listener: (change: Change) => void,
): Promise<void> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/)
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const change = parseChange(block)
      if (change !== null) listener(change)
    }
  }
}

function parseChange(block: string): Change | null {
  const lines = block.split(/\r?\n/)
  if (!lines.includes('event: change')) return null
  const data = lines.find((line) => line.startsWith('data:'))
  try {
    return data === undefined ? null : (JSON.parse(data.slice('data:'.length)) as Change)
  } catch {
    return null
  }
}

function isErrorAnswer(body: unknown): body is ErrorAnswer {
  return typeof body === 'object' && body !== null && 'error' in body && 'hint' in body
}
