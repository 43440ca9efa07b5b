import { createParser } from 'eventsource-parser'
import { CHANGES_PATH, type Change } from '../contract.ts'
import type { Endpoint } from '../http-source.ts'

export interface WatchOptions {
  readonly endpoint: Endpoint
  /** The name by which the connection can be left out of a count. */
  readonly attachment: string
  readonly signal: AbortSignal
  readonly onChange: (change: Change) => void
  /** Longer without a byte, heartbeats included, and the collector is taken to hang. */
  readonly silenceMs?: number
  readonly fetch?: typeof fetch
}

export interface Watching {
  /** Resolves when the connection has ended, for whatever reason. */
  readonly ended: Promise<void>
}

/** Three heartbeats of the collector. */
const SILENCE_MS = 45_000

/** Follows a collector's changes. Resolves once the connection stands: from then on its owner is attached. */
export async function watchChanges(options: WatchOptions): Promise<Watching> {
  const { endpoint, attachment, onChange, silenceMs = SILENCE_MS, fetch = globalThis.fetch } = options
  const silent = new AbortController()
  const signal = AbortSignal.any([options.signal, silent.signal])
  const silence = createSilence(silenceMs, () => silent.abort())
  try {
    const query = new URLSearchParams({ attachment }).toString()
    const response = await fetch(`${endpoint.url}${CHANGES_PATH}?${query}`, {
      headers: { authorization: `Bearer ${endpoint.token}`, accept: 'text/event-stream' },
      signal,
    })
    if (!response.ok || response.body === null)
      throw new Error(`The collector does not tell its changes (status ${response.status}).`)

    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    const parser = createParser({
      onEvent: ({ event, data }) => {
        if (event === 'change') onChange(JSON.parse(data) as Change)
      },
    })
    const readOne = async (): Promise<boolean> => {
      const { done, value = '' } = await reader.read()
      silence.heard()
      parser.feed(value)
      return !done
    }
    if (!(await readOne())) throw new Error('The collector closed the connection.')
    const drain = async () => {
      while (await readOne());
    }
    return {
      ended: drain()
        .catch(() => {})
        .finally(silence.stop),
    }
  } catch (error) {
    silence.stop()
    silent.abort()
    throw error
  }
}

function createSilence(ms: number, onSilence: () => void) {
  const timer = setTimeout(onSilence, ms)
  return { heard: () => timer.refresh(), stop: () => clearTimeout(timer) }
}
