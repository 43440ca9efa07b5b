import { describe, expect, it } from 'vitest'
import { createWeatherStation, cutOff, parseWeather } from './weather.ts'

const request = (path = '/', headers: Record<string, string> = {}) =>
  new Request(`http://127.0.0.1${path}`, { headers })

describe('the weather station', () => {
  it('is calm at first and changes for everybody', () => {
    const station = createWeatherStation()
    expect(station.now()).toBe('calm')
    station.change('down')
    expect(station.at(request())).toBe('down')
  })

  it('lets one request have its own weather and leaves the others theirs', () => {
    const station = createWeatherStation('slow')
    expect(station.at(request('/', { 'x-weather': 'down' }))).toBe('down')
    expect(station.at(request('/?weather=cut-off'))).toBe('cut-off')
    expect(station.at(request())).toBe('slow')
  })

  it('takes a header over the address and overlooks a name it does not know', () => {
    const station = createWeatherStation()
    expect(station.at(request('/?weather=down', { 'x-weather': 'slow' }))).toBe('slow')
    expect(station.at(request('/?weather=hail'))).toBe('calm')
  })

  it('knows its names and nothing else', () => {
    expect(parseWeather('cut-off')).toBe('cut-off')
    expect(parseWeather('toString')).toBeNull()
    expect(parseWeather(undefined)).toBeNull()
  })
})

describe('cutOff', () => {
  const response = (chunks: readonly string[], onCancel = () => {}) => {
    const left = [...chunks]
    const body = new ReadableStream({
      pull(controller) {
        const next = left.shift()
        if (next === undefined) controller.close()
        else controller.enqueue(new TextEncoder().encode(next))
      },
      cancel: onCancel,
    })
    return new Response(body, { status: 200, headers: { 'x-kept': 'yes' } })
  }

  it('ends the body in the middle of an event and keeps the head', async () => {
    let cut = 0
    const answer = cutOff(response(['one ', 'two ', 'three', 'four']), 2, () => {
      cut += 1
    })
    expect(answer.headers.get('x-kept')).toBe('yes')
    expect(await answer.text()).toBe('one two th')
    expect(cut).toBe(1)
  })

  it('leaves a shorter body whole', async () => {
    let cut = 0
    const answer = cutOff(response(['one']), 2, () => {
      cut += 1
    })
    expect(await answer.text()).toBe('one')
    expect(cut).toBe(0)
  })
})
