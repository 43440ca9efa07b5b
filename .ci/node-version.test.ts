import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('runs on the Node that the project pins', () => {
  const pinned = readFileSync(new URL('../.node-version', import.meta.url), 'utf8').trim()
  expect(process.versions.node.split('.')[0]).toBe('24')
  if (process.platform === 'linux') expect(process.version).toBe(`v${pinned}`)
})
