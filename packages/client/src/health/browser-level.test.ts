import { describe, expect, it } from 'vitest'
import { browserLevel, type Conditions } from './browser-level.ts'

const conditions = (isOnline: boolean, connection: string | null, savesData: boolean): Conditions => ({
  isOnline: () => isOnline,
  connection: () => connection,
  savesData: () => savesData,
})

describe('the level that the browser allows', () => {
  it.each([
    ['an ordinary connection', conditions(true, '4g', false), null],
    ['a browser that says nothing', conditions(true, null, false), null],
    ['3g', conditions(true, '3g', false), null],
    ['2g', conditions(true, '2g', false), 3],
    ['slow 2g', conditions(true, 'slow-2g', false), 3],
    ['saved data', conditions(true, '4g', true), 3],
    ['no network', conditions(false, '4g', true), 2],
  ])('%s', (_name, given, level) => {
    expect(browserLevel(given)).toEqual(level === null ? null : { level, by: 'browser' })
  })
})
