import { ageWords, type Deck, type WordContext, type WordKey } from '@evenkeel/shared'
import type { Run } from './run.ts'

/** What is said at a moment; `null` for silence. */
export type SayMoment = (moment: WordKey, about: WordContext) => string | null

/**
 * The words for where a run is now. An operator's take the place of the moment's, but never of the one
 * that says that this is AI.
 */
export function noticeOf(
  { state, controls }: Pick<Run, 'state' | 'controls'>,
  { locale }: Pick<Deck, 'locale'>,
  say: SayMoment,
): string | null {
  const { moment, level, ageMs } = state
  if (moment !== 'disclosure' && controls.notice !== null) return controls.notice
  if (moment === null) return null
  if (ageMs == null) return say(moment, { level })
  return say(moment, { level, ageMs, placeholders: { age: ageWords(ageMs, locale) } })
}
