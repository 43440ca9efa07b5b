import { describe, expect, it } from 'vitest'
import { classification } from '../src/classification.ts'
import { sort } from './sort.ts'
import { ticketsAt } from './tickets.ts'

describe('sort', () => {
  it('gives every ticket of the desk an answer that passes the schema', () => {
    for (const ticket of ticketsAt(0)) {
      expect(classification.safeParse(JSON.parse(sort(ticket))).success).toBe(true)
    }
  })

  it('writes the members in the order that the prompt asks for', () => {
    expect(Object.keys(JSON.parse(sort({ customer: '', subject: '', body: '' })))).toEqual([
      'topic',
      'urgency',
      'language',
    ])
  })

  it('finds a deadline urgent and a thank-you not', () => {
    const urgency = (id: string) => {
      const ticket = ticketsAt(0).find((each) => each.id === id)
      return ticket === undefined ? null : JSON.parse(sort(ticket)).urgency
    }
    expect(urgency('1042')).toBe('high')
    expect(urgency('1031')).toBe('low')
    expect(urgency('1036')).toBe('normal')
  })
})
