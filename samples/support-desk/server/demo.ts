import { problem } from '@evenkeel/shared/server'
import { type Conditions, FAULTS } from '../src/faults.ts'
import { parseTiers, parseWeather, type WeatherStation } from './weather.ts'

/** `GET` and `POST /demo/weather`: the demonstration's own, no part of the product. */
export function weatherHandler(station: WeatherStation) {
  return async (request: Request): Promise<Response> => {
    if (request.method === 'GET') return answer(station)
    if (request.method !== 'POST')
      return problem(
        405,
        { title: 'The weather is read by GET and changed by POST.' },
        { allow: 'GET, POST' },
      )
    const change = changeIn(await bodyOf(request))
    if (change === null) {
      return problem(400, {
        title: 'There is no such weather.',
        detail: `Send { "weather": … } with one of: ${FAULTS.map(({ id }) => id).join(', ')}. Add { "tiers": "primary" } for the first model alone, or "all".`,
      })
    }
    station.change(change)
    return answer(station)
  }
}

function changeIn({ weather, tiers }: Record<string, unknown>): Partial<Conditions> | null {
  const change = {
    ...(weather === undefined ? {} : { weather: parseWeather(weather) }),
    ...(tiers === undefined ? {} : { tiers: parseTiers(tiers) }),
  }
  const values = Object.values(change)
  return values.length > 0 && !values.includes(null) ? (change as Partial<Conditions>) : null
}

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  const body: unknown = await request.json().catch(() => null)
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
}

function answer(station: WeatherStation): Response {
  return Response.json(station.now(), { headers: { 'cache-control': 'no-store' } })
}
