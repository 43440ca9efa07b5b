import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compose, type Message } from './compose.ts'
import { ticketsAt } from './tickets.ts'

const TWICE: Message = { customer: 'Mara Lindqvist', subject: 'Invoice', body: 'I was charged twice.' }
const full = (message: Message, seed = 1) => compose(message, { seed, length: 'full' })

describe('compose', () => {
  it('gives the same words for the same message and seed', () => {
    expect(full(TWICE, 4)).toBe(full(TWICE, 4))
  })

  it('gives other words for another seed, so that a second draft is worth asking for', () => {
    const drafts = new Set(Array.from({ length: 20 }, (_, seed) => full(TWICE, seed)))
    expect(drafts.size).toBeGreaterThan(5)
  })

  it('greets a person by the first name and a company by its whole name', () => {
    expect(full(TWICE)).toMatch(/^\w+ Mara,\n\n/)
    expect(full({ ...TWICE, customer: 'Example Ltd' })).toMatch(/^\w+ Example Ltd team,\n\n/)
    expect(full({ ...TWICE, customer: ' ' })).toMatch(/^\w+ there,\n\n/)
  })

  it('speaks of what the message is about', () => {
    expect(full(TWICE)).toMatch(/payments|charge/)
    expect(full({ ...TWICE, subject: 'CSV', body: 'The export stops.' })).toMatch(/export/i)
  })

  it('promises no refund', () => {
    for (let seed = 0; seed < 30; seed += 1) {
      expect(full({ ...TWICE, body: 'I want a refund at once.' }, seed)).not.toMatch(
        /will (be )?refund|you (will )?get your money/i,
      )
    }
  })

  it('is shorter from the quick model', () => {
    expect(compose(TWICE, { seed: 1, length: 'short' }).length).toBeLessThan(full(TWICE).length)
  })

  it('answers Arabic in Arabic', () => {
    expect(full({ customer: 'ليلى', subject: 'صفحة الحجز', body: 'كيف أغير اللغة؟' })).toMatch(/^مرحباً ليلى،/)
  })

  it('stays under 120 words for every ticket of the desk', () => {
    for (const { customer, subject, body } of ticketsAt(0)) {
      for (let seed = 0; seed < 20; seed += 1) {
        expect(full({ customer, subject, body }, seed).split(/\s+/).length).toBeLessThan(120)
      }
    }
  })

  it('answers anything at all', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.nat(), (customer, subject, body, seed) => {
        return full({ customer, subject, body }, seed).trim().length > 40
      }),
    )
  })
})
