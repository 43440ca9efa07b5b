import { describe, expect, it } from 'vitest'
import { hashOf, type Place, patternOf, placeOf } from './route.ts'

describe('the address', () => {
  it.each([
    ['', { page: 'list' }],
    ['#/tickets/1042', { page: 'ticket', id: '1042' }],
    ['#/digest', { page: 'digest' }],
  ] as const)('%o is a place, and back', (hash, place) => {
    expect(placeOf(hash)).toEqual(place)
    expect(hashOf(place satisfies Place)).toBe(hash)
  })

  it('that names nothing known is the list', () => {
    expect(placeOf('#/nowhere')).toEqual({ page: 'list' })
  })

  it('tells telemetry the pattern, never the ticket', () => {
    expect(patternOf('#/tickets/1042')).toBe('/tickets/:id')
    expect(patternOf('#/digest')).toBe('/digest')
  })
})
