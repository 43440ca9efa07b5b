import type { Deck, Level, Moment, MomentRecord } from '@evenkeel/shared'

/** Where the words of a moment come from, for the record: the mirror of what `noticeOf` says. */
export function wordsFrom(
  feature: string,
  moment: Moment,
  level: Level,
  deck: Deck = {},
  notice: string | null = null,
): Pick<MomentRecord, 'deck' | 'silent'> {
  if (notice !== null && moment !== 'disclosure') return { deck: `${feature}.notice` }
  for (const key of [`${moment}.${level}`, moment, `${moment}.plain`]) {
    const words = deck[key as keyof Deck]
    if (words === undefined) continue
    const name = deck.id ?? (deck.locale ? `${feature}/${deck.locale}` : feature)
    return words === null ? { deck: name, silent: true } : { deck: name }
  }
  return { deck: null }
}
