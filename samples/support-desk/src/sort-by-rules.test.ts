import { describe, expect, it } from 'vitest'
import { ticketsAt } from '../server/tickets.ts'
import { classification } from './classification.ts'
import { sortByRules } from './sort-by-rules.ts'

const ticket = (id: string) => {
  const found = ticketsAt(0).find((each) => each.id === id)
  if (found === undefined) throw new Error(`no ticket ${id}`)
  return found
}

describe('sortByRules', () => {
  it.each([
    ['1042', 'billing', 'en'],
    ['1041', 'calendar', 'en'],
    ['1040', 'sign-in', 'en'],
    ['1039', 'other', 'ar'],
    ['1038', 'data', 'en'],
    ['1034', 'plan', 'en'],
  ])('knows ticket %s by its keywords: %s, %s', (id, topic, language) => {
    expect(sortByRules(ticket(id))).toMatchObject({ topic, language })
  })

  it('calls nothing urgent, because a keyword cannot know', () => {
    for (const each of ticketsAt(0)) expect(sortByRules(each).urgency).toBe('normal')
  })

  it('passes the schema that a model’s answer has to pass, whatever was written', () => {
    for (const text of ['', '???', '你好', 'Die Rechnung ist nicht da', 'x'.repeat(5_000)]) {
      const sorted = sortByRules({ subject: text, body: text })
      expect(classification.safeParse(sorted).success).toBe(true)
    }
  })

  it('tells German and French apart from English', () => {
    expect(sortByRules({ subject: '', body: 'Ich habe die Rechnung nicht.' }).language).toBe('de')
    expect(sortByRules({ subject: '', body: 'Je ne vois pas la facture.' }).language).toBe('fr')
  })
})
