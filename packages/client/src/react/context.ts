import { createContext, useContext } from 'react'
import { DEFAULT_WORDS, type WordKey, type Words } from './words.ts'

const NO_WORDS: Words = {}

export const WordsContext = createContext<Words>(NO_WORDS)

/** The word for a key: the component's own, else the provider's, else the default; `null` is silence. */
export type Say = (key: WordKey | `feedback.reasons.${string}`) => string | null

export function useSay(own: Words = NO_WORDS): Say {
  const provided = useContext(WordsContext)
  return (key) => {
    for (const words of [own, provided, DEFAULT_WORDS] as readonly Words[]) {
      const word = words[key]
      if (word !== undefined) return word
    }
    return null
  }
}
