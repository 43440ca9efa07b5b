import type { Moment } from '@evenkeel/shared'

/** Everything that may stand on the page, so that the witness can tell by the words alone whose they are. */
export const PRIMARY =
  'Primary answer: we looked into the order and found that it left the warehouse on Monday. It should be with you by Thursday, and we have added free shipping for the wait.'

export const FAST =
  'Fast answer: your order is on its way and arrives by Thursday. Thank you for your patience.'

export const TEMPLATE =
  'Template answer: thank you for writing. We read every message and come back to you within one day.'

export const FALLBACK = 'Write the reply yourself.'

/** A second answer of the same model, for whoever asks again. */
export const AGAIN =
  'Second answer: the parcel was handed over on Monday and arrives by Thursday at the latest.'

/** What a model sends that does not pass the schema of a structured feature. */
export const VIOLATING = JSON.stringify({ label: 'Primary label', urgency: 'very' })

/** The same question answered as the schema wants it. */
export const STRUCTURED = {
  primary: { label: 'Primary label', urgency: 3 },
  fast: { label: 'Fast label', urgency: 2 },
  template: { label: 'Template label', urgency: 1 },
} as const

/** How the page shows a structured answer. */
export const LABELS = {
  primary: 'Primary label (3)',
  fast: 'Fast label (2)',
  template: 'Template label (1)',
} as const

/** An answer of some lines more than its place has: what stands below it is what is pushed about. */
export const LONG = Array.from(
  { length: 12 },
  (_, index) => `Sentence ${index + 1} of a long answer that goes on about the order and the way it took.`,
).join(' ')

/** The words of each moment in English, copied from the decks by hand: an expectation is not the thing itself. */
export const WORDS = {
  waiting: 'One moment.',
  slow: 'This takes longer than usual.',
  limited: 'This works in a simpler way for now.',
  replaced: 'The first answer broke off. This one is complete.',
  incomplete: 'The answer broke off. You can try again.',
  refused: 'There is no answer to this one.',
  template: 'This is a standard text.',
  omitted: 'There is no suggestion right now.',
  disabled: 'Suggestions are off right now.',
  offline: 'You are offline. Try again once you are back.',
  retry: 'That did not work. You can try again.',
  disclosure: 'Written by AI.',
  cached: 'This is an earlier answer,',
} as const satisfies Partial<Record<Moment, string>>

export type ToldMoment = keyof typeof WORDS

/** In pieces such as a model sends them. */
export const piecesOf = (text: string): readonly string[] => text.match(/\S+\s*/g) ?? []
