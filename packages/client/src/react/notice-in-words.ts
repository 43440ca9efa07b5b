import { type Deck, type Words, wordsFor } from '@evenkeel/shared'
import { noticeOf } from '../run/notice-of.ts'
import type { Run } from '../run/run.ts'
import { NOTICE_WORDS } from './notice-words.ts'

/** What the user may be told of this run now: in words of the place, else of the deck, else the default. */
export function noticeInWords(
  run: Pick<Run, 'state' | 'controls'>,
  deck: Deck,
  own: Words = {},
): string | null {
  return noticeOf(run, deck, (moment, about) => {
    for (const layer of [own, deck, NOTICE_WORDS]) {
      // The default words are plain, and so read the same in any way.
      const words = wordsFor(layer, moment, { ...about, format: deck.format })
      if (words !== undefined) return words
    }
    return null
  })
}
