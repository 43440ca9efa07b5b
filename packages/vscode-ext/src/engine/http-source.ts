import type {
  EnvironmentsAnswer,
  ErrorAnswer,
  FeaturesAnswer,
  RunAnswer,
  RunsAnswer,
  RunsQuery,
  Source,
} from './contract.ts'
import { QUESTIONS } from './contract.ts'

/** Where a collector answers, and the token it wants. */
export interface Endpoint {
  readonly url: string
  readonly token: string
}

export interface HttpSourceOptions {
  /** Where to ask now. */
  readonly endpoint: () => Promise<Endpoint>
  /** Called when the endpoint did not answer or did not know the token; gives the one to ask instead. */
  readonly renew?: (failed: Endpoint) => Promise<Endpoint>
  readonly fetch?: typeof fetch
}

/** A refusal of the collector, in its own words. */
export class SourceError extends Error {
  readonly status: number
  readonly hint: string

  constructor(status: number, { error, hint }: ErrorAnswer) {
    super(error)
    this.name = 'SourceError'
    this.status = status
    this.hint = hint
  }
}

const TIMEOUT_MS = 10_000

/** Asks a collector over its HTTP contract. */
export function createHttpSource({ endpoint, renew, fetch = globalThis.fetch }: HttpSourceOptions): Source {
  async function ask({ url, token }: Endpoint, path: string, parameters: Parameters): Promise<Response> {
    const query = new URLSearchParams(
      Object.entries(parameters).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    )
    return await fetch(`${url}${path}?${query}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  }

  async function askAgainIfGone(path: string, parameters: Parameters): Promise<Response> {
    const first = await endpoint()
    let response: Response | undefined
    try {
      response = await ask(first, path, parameters)
      if (response.status !== 401 || renew === undefined) return response
    } catch (error) {
      if (renew === undefined) throw error
    }
    await response?.body?.cancel()
    return await ask(await renew(first), path, parameters)
  }

  async function answer<T>(path: string, parameters: Parameters = {}): Promise<T> {
    const response = await askAgainIfGone(path, parameters)
    if (response.ok) return (await response.json()) as T
    throw new SourceError(response.status, await errorAnswer(response))
  }

  return {
    environments: () => answer<EnvironmentsAnswer>(QUESTIONS.environments),
    features: (environment, windowMs) =>
      answer<FeaturesAnswer>(QUESTIONS.features, { environment, windowMs }),
    runs: (query: RunsQuery) => answer<RunsAnswer>(QUESTIONS.runs, { ...query }),
    async run(runId) {
      try {
        return await answer<RunAnswer>(QUESTIONS.run, { runId })
      } catch (error) {
        if (error instanceof SourceError && error.status === 404) return null
        throw error
      }
    },
  }
}

type Parameters = Readonly<Record<string, string | number | undefined>>

async function errorAnswer(response: Response): Promise<ErrorAnswer> {
  const body = (await response.json().catch(() => ({}))) as Partial<ErrorAnswer>
  return {
    error: body.error ?? `The collector answered with status ${response.status}.`,
    hint: body.hint ?? 'Look into .evenkeel/collector.log.',
  }
}
