import type { Weather } from '../src/faults.ts'
import type { WeatherStation } from './weather.ts'

/** How the model fares for one request. */
export interface Simulation {
  readonly weather: Weather
  /** The weather is that of one model, and the server is well. */
  readonly isModelAlone: boolean
  /** Decides the words and the pace; `null` for another answer each time. */
  readonly seed: number | null
  /** Divides every wait. */
  readonly speed: number
}

/** What holds where a request says nothing. */
export interface SimulationDefaults {
  readonly seed: number | null
  readonly speed: number
}

/** `SIMULATED_SEED` and `SIMULATED_SPEED`, so that a whole server can be made to repeat itself or hurry. */
export function simulationDefaults(
  environment: Readonly<Record<string, string | undefined>>,
): SimulationDefaults {
  return {
    seed: wholeNumber(environment.SIMULATED_SEED),
    speed: positive(environment.SIMULATED_SPEED) ?? 1,
  }
}

/** One request may ask for its own weather, seed and speed by headers, so that tests run side by side. */
export function simulationFor(
  request: Request,
  station: WeatherStation,
  defaults: SimulationDefaults,
): Simulation {
  return {
    weather: station.meets(request),
    isModelAlone: station.at(request).tiers === 'primary',
    seed: wholeNumber(request.headers.get('x-simulated-seed')) ?? defaults.seed,
    speed: positive(request.headers.get('x-simulated-speed')) ?? defaults.speed,
  }
}

function wholeNumber(text: string | null | undefined): number | null {
  return text != null && /^\d{1,9}$/.test(text) ? Number(text) : null
}

function positive(text: string | null | undefined): number | null {
  const number = Number(text ?? '')
  return number > 0 && number <= 1000 ? number : null
}
