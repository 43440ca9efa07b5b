import type { Moment, TriageReason } from '@evenkeel/shared'

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

export type WordKey = Moment | ControlWord

/**
 * Words by key; what is left out keeps its default, and `null` is silence. A reason of the app's own
 * is named by `feedback.reasons.<reason>`.
 */
export type Words = Readonly<
  Partial<Record<WordKey, string | null>> & { [reason: `feedback.reasons.${string}`]: string | null }
>

/**
 * The words where the product gives none. What a user cannot know (the cost of an answer, an
 * instruction smuggled into it) is silent here; the team gives those reasons when it triages.
 */
export const DEFAULT_WORDS: Readonly<Record<WordKey, string | null>> = {
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
  'answer.writing': 'Writing an answer.',
  'answer.ready': 'The answer is ready.',
  'feedback.ask': 'Was this answer helpful?',
  'feedback.up': 'Good answer',
  'feedback.down': 'Bad answer',
  'feedback.why': 'What was wrong?',
  'feedback.thanks': 'Thank you.',
  'feedback.regenerate': 'Try again',
  'feedback.copy': 'Copy',
  'feedback.copied': 'Copied.',
  ...reasonWords({
    hallucination: 'Not correct',
    'retrieval-miss': 'Missed something',
    'refusal-too-strict': 'Refused too much',
    'refusal-too-loose': 'Should have refused',
    latency: 'Too slow',
    privacy: 'Too private',
    cost: null,
    'prompt-injection': null,
    other: 'Something else',
  }),
}

type ReasonKey = `feedback.reasons.${TriageReason}`

function reasonWords(words: Record<TriageReason, string | null>): Record<ReasonKey, string | null> {
  const entries = Object.entries(words).map(([reason, word]) => [`feedback.reasons.${reason}`, word])
  return Object.fromEntries(entries) as Record<ReasonKey, string | null>
}
