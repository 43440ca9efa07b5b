import type { IncomingMessage } from 'node:http'
import type { WeatherStation } from '../weather.ts'

/** Whether the connection of this request is to be cut before any answer; nothing of Web `Response` could do that. */
export function resetsEarly(
  { headers, url = '/', method }: IncomingMessage,
  station: WeatherStation,
): boolean {
  if (method !== 'POST' || !url.startsWith('/api/ai/')) return false
  const header = (name: string): string | null => [headers[name]].flat()[0] ?? null
  return station.meets({ headers: { get: header }, url }) === 'reset-early'
}
