import { useCallback, useEffect, useState } from 'react'
import type { Conditions } from './faults.ts'

/** The server's weather; `null` until it has said so. */
export function useWeather(): {
  conditions: Conditions | null
  /** Whether the last question or change went unanswered. */
  failed: boolean
  change: (change: Partial<Conditions>) => void
  refresh: () => void
} {
  const [conditions, setConditions] = useState<Conditions | null>(null)
  const [failed, setFailed] = useState(false)

  const ask = useCallback((wanted?: Partial<Conditions>) => {
    askServer(wanted).then(
      (inForce) => {
        setConditions(inForce)
        setFailed(false)
      },
      () => setFailed(true),
    )
  }, [])
  const refresh = useCallback(() => ask(), [ask])
  useEffect(refresh, [refresh])
  return { conditions, failed, change: ask, refresh }
}

async function askServer(wanted: Partial<Conditions> | undefined): Promise<Conditions> {
  const response = await fetch('/demo/weather', wanted === undefined ? {} : changeTo(wanted))
  if (!response.ok) throw new Error(`/demo/weather answered ${response.status}`)
  return (await response.json()) as Conditions
}

function changeTo(change: Partial<Conditions>): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  }
}
