import type { Deck, WordKey, Words } from '@evenkeel/shared'
import { createContext, useContext } from 'react'
import { defaultEngine } from '../run/default-engine.ts'
import type { Engine } from '../run/engine.ts'

/** What the hooks need of an engine, so that a test or a story may bring its own. */
export type RunMaker = Pick<Engine, 'createRun'>

export const EngineContext = createContext<RunMaker | null>(null)

/** The provider's engine, else the one that every page has. */
export function useEngine(): RunMaker {
  return useContext(EngineContext) ?? defaultEngine()
}

const NO_DECK: Deck = {}

/** The words in force for everything beneath a provider. */
export const DeckContext = createContext(NO_DECK)

/** The word for a key: the component's own, else the deck's, else the default; `null` is silence. */
export type Say = (key: WordKey) => string | null

export function useSay(defaults: Words, own?: Words): Say {
  const words: Words = { ...defaults, ...useContext(DeckContext), ...own }
  return (key) => words[key] ?? null
}
