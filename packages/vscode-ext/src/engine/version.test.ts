import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { VERSION } from './version.ts'

it('is the version of the package', () => {
  const path = new URL('../../package.json', import.meta.url)
  expect(JSON.parse(readFileSync(path, 'utf8')).version).toBe(VERSION)
})
