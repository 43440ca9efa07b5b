import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PLANTED } from './planted.ts'
import { ROWS } from './rows.ts'

const packages = join(import.meta.dirname, '../../../')

// The suite is slow; this tells at once where a source has moved away from under a defect.
describe('the planted defects', () => {
  it.each(PLANTED)('fit their sources once: $name', ({ file, from }) => {
    expect(readFileSync(join(packages, file), 'utf8').split(from)).toHaveLength(2)
  })

  it.each(PLANTED)('name rows that are there: $name', ({ rows }) => {
    for (const id of rows) expect(ROWS.map((row) => row.id)).toContain(id)
  })
})

describe('the rows', () => {
  it('have ids of their own', () => {
    expect(new Set(ROWS.map(({ id }) => id)).size).toBe(ROWS.length)
  })
})
