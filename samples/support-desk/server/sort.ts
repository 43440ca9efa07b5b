import type { Classification } from '../src/classification.ts'
import { sortByRules } from '../src/sort-by-rules.ts'
import type { Message } from './compose.ts'
import { TOPICS } from './topics.ts'

const URGENT = /cannot|locked|friday|in forty minutes|deadline|again and again|useless|client stood/i
const CALM = /thank you for the new|nothing to fix|short note/i

/** What a good model would say of the message, as JSON with its members in the order that the prompt asks for. */
export function sort(message: Message): string {
  const { subject, body } = message
  const topic = TOPICS.find(({ signs }) => signs.test(subject) || signs.test(body))?.sorted
  const rough = sortByRules(message)
  const answer: Classification = {
    topic: topic ?? rough.topic,
    urgency: CALM.test(`${subject} ${body}`) ? 'low' : URGENT.test(`${subject} ${body}`) ? 'high' : 'normal',
    language: rough.language,
  }
  return JSON.stringify(answer)
}
