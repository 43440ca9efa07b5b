import type { Moment, RUN_MOMENTS } from '@evenkeel/shared'

/** What the components say besides the moments. */
export type ControlWord =
  | 'answer.writing'
  | 'answer.ready'
  | 'feedback.up'
  | 'feedback.down'
  | 'feedback.why'
  | 'feedback.regenerate'
  | 'feedback.copy'
  | 'feedback.copied'
  | 'code.copy'
  | 'code.copied'
  | 'image.hidden'
  | 'task.done'
  | 'task.open'

/** Everything that can be put in words. A reason of the app's own is `feedback.reasons.<reason>`. */
export type WordKey = Moment | ControlWord | `feedback.reasons.${string}`

/** Words by key; what is left out keeps its default, and `null` is silence. */
export type Words = Readonly<Partial<Record<WordKey, string | null>>>

// One table a component, so that a product that leaves one out does not load its words.

export const ANSWER_WORDS = {
  'answer.writing': 'Writing an answer.',
  'answer.ready': 'The answer is ready.',
} as const satisfies Words

export const NOTICE_WORDS = {
  waiting: 'One moment.',
  slow: 'This takes longer than usual.',
  limited: 'This works in a simpler way for now.',
  cached: 'This is an earlier answer to the same question.',
  replaced: 'The first answer broke off. This one is complete.',
  incomplete: 'The answer broke off. You can try again.',
  refused: 'There is no answer to this one.',
  template: 'This is a standard text.',
  omitted: 'There is no suggestion right now.',
  disabled: 'Suggestions are off right now.',
  offline: 'You are offline. Try again once you are back.',
  retry: 'That did not work. You can try again.',
  disclosure: 'Written by AI.',
} as const satisfies Words & Record<(typeof RUN_MOMENTS)[number], string>

/**
 * A reason without a word is not offered: what a user cannot know (the cost of an answer, an
 * instruction smuggled into it) is for the team to say when it triages.
 */
export const FEEDBACK_WORDS = {
  'feedback.ask': 'Was this answer helpful?',
  'feedback.up': 'Good answer',
  'feedback.down': 'Bad answer',
  'feedback.why': 'What was wrong?',
  'feedback.thanks': 'Thank you.',
  'feedback.regenerate': 'Try again',
  'feedback.copy': 'Copy',
  'feedback.copied': 'Copied.',
  'feedback.reasons.hallucination': 'Not correct',
  'feedback.reasons.retrieval-miss': 'Missed something',
  'feedback.reasons.refusal-too-strict': 'Refused too much',
  'feedback.reasons.refusal-too-loose': 'Should have refused',
  'feedback.reasons.latency': 'Too slow',
  'feedback.reasons.privacy': 'Too private',
  'feedback.reasons.other': 'Something else',
} as const satisfies Words
