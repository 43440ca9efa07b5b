import { problem } from '@evenkeel/shared/server'
import { parseWeather, WEATHERS, type WeatherStation } from './weather.ts'

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
    const weather = parseWeather(await weatherIn(request))
    if (weather === null) {
      return problem(400, {
        title: 'There is no such weather.',
        detail: `Send { "weather": … } with one of: ${WEATHERS.join(', ')}.`,
      })
    }
    station.change(weather)
    return answer(station)
  }
}

async function weatherIn(request: Request): Promise<unknown> {
  try {
    const body = (await request.json()) as { weather?: unknown } | null
    return body?.weather
  } catch {
    return undefined
  }
}

function answer(station: WeatherStation): Response {
  return Response.json({ weather: station.now() }, { headers: { 'cache-control': 'no-store' } })
}
