import { en } from '@evenkeel/shared/decks'
import { expect, it } from 'vitest'
import { NOTICE_WORDS } from './notice-words.ts'
import { ANSWER_WORDS, FEEDBACK_WORDS, MORE_FEEDBACK_WORDS } from './words.ts'

/** Those of `<StreamedMarkdown>` stand with it, in its own entry. */
const OF_MARKDOWN = /^(code|image|task)\./

it('what the components say by themselves is the English deck, but for its silences and its locale', () => {
  const spoken = Object.entries(en).filter(
    ([key, words]) => words !== null && key !== 'locale' && !OF_MARKDOWN.test(key),
  )
  expect({ ...NOTICE_WORDS, ...ANSWER_WORDS, ...FEEDBACK_WORDS, ...MORE_FEEDBACK_WORDS }).toEqual(
    Object.fromEntries(spoken),
  )
})
