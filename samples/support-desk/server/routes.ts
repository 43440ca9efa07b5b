import type { FlagFile } from '@evenkeel/shared/flags'
import {
  createControls,
  createMemoryResumeStore,
  ingestHandler,
  problem,
  resumeHandler,
} from '@evenkeel/shared/server'
import { type AIFeature, aiFeatureHandler } from './ai-feature.ts'
import { classifyTicket } from './classify-ticket.ts'
import { controlRoutes, identify } from './control-routes.ts'
import { weatherHandler } from './demo.ts'
import { draftReply } from './draft-reply.ts'
import type { PromptLibrary } from './prompt.ts'
import type { Provider } from './providers.ts'
import type { SimulationDefaults } from './simulation.ts'
import { ticketsAt } from './tickets.ts'
import type { WeatherStation } from './weather.ts'
import { weeklyDigest } from './weekly-digest.ts'

const AI_PATH = '/api/ai/'
const RESUME_PATH = '/api/ai/resume/'

export interface RoutesOptions {
  readonly prompts: PromptLibrary
  readonly provider: Provider | null
  readonly flags: FlagFile
  readonly station: WeatherStation
  readonly defaults: SimulationDefaults
  readonly collectorUrl: () => string | null
  readonly now: () => number
}

/** Answers everything but the pages; `null` for a path that is none of its own. */
export function createRoutes(options: RoutesOptions): (request: Request) => Promise<Response> | null {
  // This product knows no users, so an answer is whoever's who has its random id. With a session, both the
  // options of `withEvenkeel` and this handler take `scope: (request) => …`.
  const store = createMemoryResumeStore()
  const controls = createControls(options.flags)
  const resume = resumeHandler({ store, controls, identify })
  const control = controlRoutes({ ...options, controls })
  const serve = <Input>(feature: AIFeature<Input>) =>
    [
      `${AI_PATH}${feature.id}`,
      aiFeatureHandler(feature, {
        ...options,
        prompts: options.prompts.of(feature.id),
        controls,
        resume: { store, url: (answer) => `${RESUME_PATH}${answer}` },
      }),
    ] as const
  const features = new Map<string, (request: Request) => Promise<Response>>([
    serve(draftReply),
    serve(classifyTicket),
    serve(weeklyDigest),
  ])
  const weather = weatherHandler(options.station)
  const ingest = ingestHandler({ collectorUrl: options.collectorUrl })

  return (request) => {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/evenkeel/')) return control(request, pathname) ?? ingest(request)
    if (pathname === '/demo/weather') return weather(request)
    const answer = features.get(pathname)
    if (answer !== undefined) return request.method === 'POST' ? answer(request) : only('POST')
    if (pathname.startsWith(RESUME_PATH)) return resume(request)
    if (pathname === '/api/tickets') {
      return request.method === 'GET' ? tickets(options.now()) : only('GET')
    }
    return pathname.startsWith('/api/') ? notFound(pathname) : null
  }
}

async function tickets(nowMs: number): Promise<Response> {
  return Response.json(ticketsAt(nowMs), { headers: { 'cache-control': 'no-store' } })
}

async function only(method: string): Promise<Response> {
  return problem(405, { title: `This path answers ${method} only.` }, { allow: method })
}

async function notFound(pathname: string): Promise<Response> {
  return problem(404, { title: `There is nothing at ${pathname}.` })
}
