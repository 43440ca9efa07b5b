/** Words that stand nowhere else, so that any of them in what left the browser is content. */
export const PROMPT_WORDS = ['Quibblefrost', 'Zandermoor', 'Pelliwick'] as const
export const ANSWER_WORDS = ['Marlowen', 'Thistlegate', 'Oxbarrow'] as const
export const COMMENT_WORDS = ['Grumblewick', 'Sandpiperly'] as const
/** What a redactor has to take out of a comment that is kept. */
export const PERSONAL = [
  'ada.lovelace@example.com',
  '4111 1111 1111 1111',
  'DE89 3704 0044 0532 0130 00',
] as const
/** What stays of that comment. */
export const KEPT_WORD = 'Farthingale'

export const PROMPT = PROMPT_WORDS.join(' ')
export const ANSWER = `Dear ${ANSWER_WORDS.join(', ')}.`
export const COMMENT = COMMENT_WORDS.join(' ')
