import type { Words } from '@evenkeel/shared'

export type { Words }

// One table a component, so that a product that leaves one out does not load its words. Together, with those of
// `notice-words.ts` and of markdown, they are the deck `en` of `@evenkeel/shared/decks`.

export const ANSWER_WORDS = {
  'answer.writing': 'Writing an answer.',
  'answer.ready': 'The answer is ready.',
} as const satisfies Words

/** Of what only some bars have; see `feedback-comment.tsx` and `run-code.tsx`. */
export const MORE_FEEDBACK_WORDS = {
  'feedback.comment': 'What would have been better?',
  'feedback.send': 'Send',
  'feedback.code': 'Copy the code of this answer',
} as const satisfies Words

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
