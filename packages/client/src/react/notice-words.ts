import type { RUN_MOMENTS, Words } from '@evenkeel/shared'

/** In a file of their own, so that a page without a notice does not carry them. */
export const NOTICE_WORDS = {
  waiting: 'One moment.',
  slow: 'This takes longer than usual.',
  limited: 'This works in a simpler way for now.',
  cached: 'This is an earlier answer, from {age}.',
  'cached.plain': 'This is an earlier answer.',
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
