import { describe, expect, it, vi } from 'vitest'
import { portIn, serverSettings } from './settings.ts'

describe('serverSettings', () => {
  it('serves sources in development on the usual port, at the real pace', () => {
    expect(serverSettings({})).toEqual({
      port: 5173,
      environment: 'development',
      pages: 'sources',
      hotReload: true,
      simulation: { seed: null, speed: 1 },
    })
  })

  it('keeps pages as they are where hot reload is off, so that a test is not reloaded by a saved file', () => {
    expect(serverSettings({ HOT_RELOAD: 'off' }).hotReload).toBe(false)
  })

  it('serves the built pages in production', () => {
    expect(serverSettings({ NODE_ENV: 'production' })).toMatchObject({
      environment: 'production',
      pages: 'built',
    })
  })

  it('counts runs under the environment that it is told', () => {
    expect(serverSettings({ NODE_ENV: 'production', EVENKEEL_ENVIRONMENT: 'staging' }).environment).toBe(
      'staging',
    )
  })

  it('takes the simulation’s seed and speed, and overlooks nonsense', () => {
    expect(serverSettings({ SIMULATED_SEED: '7', SIMULATED_SPEED: '20' }).simulation).toEqual({
      seed: 7,
      speed: 20,
    })
    expect(serverSettings({ SIMULATED_SEED: 'x', SIMULATED_SPEED: '-1' }).simulation).toEqual({
      seed: null,
      speed: 1,
    })
  })
})

describe('the request log', () => {
  it('is written where it is asked for', () => {
    const log = vi.spyOn(console, 'error').mockReturnValue()
    serverSettings({ LOG_REQUESTS: '1' }).onRequest?.('POST', '/api/x')
    expect(log).toHaveBeenCalledWith('request POST /api/x')
    expect(serverSettings({}).onRequest).toBeUndefined()
    log.mockRestore()
  })
})

describe('portIn', () => {
  it('reads a port, 0 for any free one, and null where none is set', () => {
    expect(portIn({ PORT: '8080' }, 'PORT')).toBe(8080)
    expect(portIn({ PORT: '0' }, 'PORT')).toBe(0)
    expect(portIn({ PORT: '' }, 'PORT')).toBeNull()
    expect(portIn({}, 'PORT')).toBeNull()
  })

  it.each(['abc', '-1', '65536', '80.5', '0x50'])('says which variable is wrong: %s', (text) => {
    expect(() => portIn({ COLLECTOR_PORT: text }, 'COLLECTOR_PORT')).toThrow(/COLLECTOR_PORT must be a port/)
  })
})
