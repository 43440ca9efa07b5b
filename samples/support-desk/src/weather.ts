import { useCallback, useEffect, useState } from 'react'

export type Weather = 'calm' | 'slow' | 'cut-off' | 'down'

/** The server's weather; `null` until it has said so. */
export function useWeather(): {
  weather: Weather | null
  /** Whether the last question or change went unanswered. */
  failed: boolean
  change: (weather: Weather) => void
  refresh: () => void
} {
  const [weather, setWeather] = useState<Weather | null>(null)
  const [failed, setFailed] = useState(false)

  const ask = useCallback((wanted?: Weather) => {
    askServer(wanted).then(
      (inForce) => {
        setWeather(inForce)
        setFailed(false)
      },
      () => setFailed(true),
    )
  }, [])
  const refresh = useCallback(() => ask(), [ask])
  useEffect(refresh, [refresh])
  return { weather, failed, change: ask, refresh }
}

async function askServer(wanted: Weather | undefined): Promise<Weather> {
  const response = await fetch('/demo/weather', wanted === undefined ? {} : changeTo(wanted))
  if (!response.ok) throw new Error(`/demo/weather answered ${response.status}`)
  const { weather } = (await response.json()) as { weather: Weather }
  return weather
}

function changeTo(weather: Weather): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ weather }),
  }
}
