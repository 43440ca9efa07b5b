/** How the model fares: a demonstration of what production does to an AI feature. */
export type Weather = 'calm' | 'slow' | 'cut-off' | 'down'

export const WEATHERS = ['calm', 'slow', 'cut-off', 'down'] as const satisfies readonly Weather[]

/** The weather in force, and how one request may ask for its own. */
export interface WeatherStation {
  now(): Weather
  change(weather: Weather): void
  /** The request's own (`x-weather` header or `?weather=`) where it names one, else what is in force. */
  at(request: Request): Weather
}

export function createWeatherStation(start: Weather = 'calm'): WeatherStation {
  let inForce = start
  return {
    now: () => inForce,
    change: (weather) => {
      inForce = weather
    },
    at: (request) =>
      parseWeather(request.headers.get('x-weather')) ??
      parseWeather(new URL(request.url).searchParams.get('weather')) ??
      inForce,
  }
}

/** The weather of that name, or `null`. */
export function parseWeather(name: unknown): Weather | null {
  return WEATHERS.find((weather) => weather === name) ?? null
}

/**
 * Ends a body early, in the middle of an event, as a proxy or a crash would: after that many chunks and
 * half of the next one. `onCut` is where the source is told to stop.
 */
export function cutOff(response: Response, afterChunks: number, onCut: () => void): Response {
  let chunks = 0
  const cut = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      chunks += 1
      if (chunks <= afterChunks) {
        controller.enqueue(chunk)
        return
      }
      controller.enqueue(chunk.subarray(0, Math.floor(chunk.length / 2)))
      controller.terminate()
      onCut()
    },
  })
  return new Response(response.body?.pipeThrough(cut) ?? null, response)
}
