import { describe, expect, it } from 'vitest'
import { createWeatherStation, parseWeather, weatherFor } from './weather.ts'

const request = (path = '/', headers: Record<string, string> = {}) =>
  new Request(`http://127.0.0.1${path}`, { headers })

describe('the weather station', () => {
  it('is calm at first and changes for everybody', () => {
    const station = createWeatherStation()
    expect(station.now()).toEqual({ weather: 'calm', tiers: 'all' })
    station.change({ weather: 'down' })
    expect(station.at(request())).toEqual({ weather: 'down', tiers: 'all' })
    station.change({ tiers: 'primary' })
    expect(station.at(request())).toEqual({ weather: 'down', tiers: 'primary' })
  })

  it('lets one request have its own weather and leaves the others theirs', () => {
    const station = createWeatherStation('slow')
    expect(station.at(request('/', { 'x-weather': 'down' })).weather).toBe('down')
    expect(station.at(request('/?weather=cut-off')).weather).toBe('cut-off')
    expect(station.at(request('/', { 'x-weather-tiers': 'primary' })).tiers).toBe('primary')
    expect(station.at(request())).toEqual({ weather: 'slow', tiers: 'all' })
  })

  it('takes a header over the address and overlooks a name it does not know', () => {
    const station = createWeatherStation()
    expect(station.at(request('/?weather=down', { 'x-weather': 'slow' })).weather).toBe('slow')
    expect(station.at(request('/?weather=hail')).weather).toBe('calm')
    expect(station.at(request('/', { 'x-weather-tiers': 'some' })).tiers).toBe('all')
  })

  it('knows its names and nothing else', () => {
    expect(parseWeather('cut-off')).toBe('cut-off')
    expect(parseWeather('status-429')).toBe('status-429')
    expect(parseWeather('toString')).toBeNull()
    expect(parseWeather(undefined)).toBeNull()
  })
})

describe('what a request meets', () => {
  it('depends on the tier that its attempt names', () => {
    const station = createWeatherStation('down')
    station.change({ tiers: 'primary' })
    const attempt = (tier: string) => ({ 'evenkeel-attempt': `run="a", step="model", tier="${tier}"` })
    expect(station.meets(request('/', attempt('primary')))).toBe('down')
    expect(station.meets(request('/', attempt('fast')))).toBe('calm')
    expect(station.meets(request())).toBe('down')
  })
})

describe('weatherFor', () => {
  it('is calm for every other tier where only the primary one is meant', () => {
    expect(weatherFor('primary', { weather: 'down', tiers: 'primary' })).toBe('down')
    expect(weatherFor('fast', { weather: 'down', tiers: 'primary' })).toBe('calm')
    expect(weatherFor('fast', { weather: 'down', tiers: 'all' })).toBe('down')
  })
})
