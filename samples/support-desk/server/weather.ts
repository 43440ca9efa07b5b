import { type Conditions, FAULTS, type Tiers, type Weather } from '../src/faults.ts'

/** What of a request the weather looks at. */
export interface Asked {
  readonly headers: { get(name: string): string | null }
  readonly url: string
}

/** The weather in force, and how one request may ask for its own. */
export interface WeatherStation {
  now(): Conditions
  change(change: Partial<Conditions>): void
  /**
   * The request's own (`x-weather` header or `?weather=`, `x-weather-tiers`) where it names one, else what is
   * in force.
   */
  at(request: Asked): Conditions
  /** What the model meets that this request asks for. */
  meets(request: Asked): Weather
}

export function createWeatherStation(start: Weather = 'calm'): WeatherStation {
  let inForce: Conditions = { weather: start, tiers: 'all' }
  const at = ({ headers, url }: Asked): Conditions => ({
    weather:
      parseWeather(headers.get('x-weather')) ??
      parseWeather(new URL(url, 'http://127.0.0.1').searchParams.get('weather')) ??
      inForce.weather,
    tiers: parseTiers(headers.get('x-weather-tiers')) ?? inForce.tiers,
  })
  return {
    at,
    meets: (request) => weatherFor(tierIn(request.headers.get('evenkeel-attempt')), at(request)),
    now: () => inForce,
    change: (change) => {
      inForce = { ...inForce, ...change }
    },
  }
}

/** The weather of that name, or `null`. */
export function parseWeather(name: unknown): Weather | null {
  return FAULTS.find(({ id }) => id === name)?.id ?? null
}

export function parseTiers(name: unknown): Tiers | null {
  return name === 'all' || name === 'primary' ? name : null
}

const TIER = /\btier="([\w-]+)"/

function tierIn(attempt: string | null): string {
  return TIER.exec(attempt ?? '')?.[1] ?? 'primary'
}

/** What a model of this tier meets. */
export function weatherFor(tier: string, { weather, tiers }: Conditions): Weather {
  return tiers === 'primary' && tier !== 'primary' ? 'calm' : weather
}
