import type { Classification } from './classification.ts'
import type { Ticket } from './ticket.ts'

/** The first rule that fits wins, so the particular ones stand first. */
const TOPIC_RULES: readonly (readonly [RegExp, Classification['topic']])[] = [
  [/charged|invoice|payment|refund|billing|\bvat\b|receipt|rechnung|facture/i, 'billing'],
  [/calendar|booking.*(early|late)|time ?zone|reminder|kalender/i, 'calendar'],
  [/sign.?in|log.?in|password|code|passwort/i, 'sign-in'],
  [/export|csv|erase|delete|personal data/i, 'data'],
  [/cancel|pause|plan\b|k[üu]ndig/i, 'plan'],
  [/slow|ages|seconds to open|langsam/i, 'speed'],
  [/could you add|would (love|like)|wish|idea/i, 'idea'],
]

const LANGUAGE_RULES: readonly (readonly [RegExp, Classification['language']])[] = [
  [/\p{Script=Arabic}/u, 'ar'],
  [/\b(und|nicht|ist|ich|wir)\b/i, 'de'],
  [/\b(et|nous|est|pas|je)\b/i, 'fr'],
  [/\b(the|and|is|we|my)\b/i, 'en'],
]

/** What keywords say of a ticket, where no model answers: rough, and never more than normally urgent. */
export function sortByRules({ subject, body }: Pick<Ticket, 'subject' | 'body'>): Classification {
  const text = `${subject}\n${body}`
  return {
    topic: TOPIC_RULES.find(([signs]) => signs.test(text))?.[1] ?? 'other',
    urgency: 'normal',
    language: LANGUAGE_RULES.find(([signs]) => signs.test(body))?.[1] ?? 'other',
  }
}
