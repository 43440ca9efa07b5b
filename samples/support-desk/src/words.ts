import type { Words } from '@evenkeel/client'

/** What the desk says at each moment of a draft; everything left out keeps the library's words. */
export const WORDS: Words = {
  waiting: 'Reading the conversation.',
  slow: 'The draft takes longer than usual. You can write in the meantime.',
  replaced: 'The draft broke off. This is the usual greeting instead.',
  template: 'No draft right now. This is the usual greeting.',
  incomplete: 'The draft broke off. What is there can still be used.',
  omitted: 'No draft right now. Please write the reply yourself.',
  disabled: 'Drafts are switched off right now.',
  offline: 'You are offline. This is the usual greeting.',
  retry: 'The draft did not come through.',
  disclosure: 'Drafted by AI. Please read it before it goes out.',
  'answer.writing': 'Drafting a reply.',
  'answer.ready': 'The draft is ready.',
  'feedback.ask': 'Was this draft helpful?',
  'feedback.up': 'Good draft',
  'feedback.down': 'Bad draft',
  'feedback.regenerate': 'Draft again',
  'feedback.copy': 'Copy the draft',
  'feedback.reasons.hallucination': 'Not true',
  'feedback.reasons.retrieval-miss': 'Misses the point',
  'feedback.reasons.refusal-too-strict': null,
  'feedback.reasons.refusal-too-loose': null,
  'feedback.reasons.privacy': 'Says too much',
}
