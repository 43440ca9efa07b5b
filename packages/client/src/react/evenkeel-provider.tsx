'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { EngineOptions } from '../run/engine.ts'
import { EngineContext, type RunMaker, WordsContext } from './context.ts'
import { createFollowingEngine, keyOf } from './engine-options.ts'
import type { Words } from './words.ts'

export interface EvenkeelProviderProps extends EngineOptions {
  /** An engine of the product's own; the options beside it are then not looked at. */
  readonly engine?: RunMaker
  /** Words for every component beneath; `null` is silence. */
  readonly words?: Words
  readonly children?: ReactNode
}

const NO_WORDS: Words = {}

/**
 * Tells the features beneath it where they run. Options may be written inline: a new engine is made
 * only when one of them says something else, and never for a function or the route. A page without
 * a provider has an engine too, with every option at its default.
 *
 * @example
 * <EvenkeelProvider environment="production" service="support-desk" build={BUILD}>
 *   <App />
 * </EvenkeelProvider>
 */
export function EvenkeelProvider(props: EvenkeelProviderProps): ReactNode {
  const { engine, words = NO_WORDS, children, ...options } = props
  const own = useOwnEngine(options)
  return (
    <EngineContext.Provider value={engine ?? own}>
      <WordsContext.Provider value={words}>{children}</WordsContext.Provider>
    </EngineContext.Provider>
  )
}

/**
 * The engine is not disposed of with its provider: a detached run may still be on its way, and its
 * record must leave.
 */
function useOwnEngine(options: EngineOptions): RunMaker {
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })
  const key = keyOf(options)
  const [held, setHeld] = useState(() => open(key, options, latest))
  const current = held.key === key ? held : open(key, options, latest)
  if (current !== held) setHeld(current)
  return current.engine
}

function open(key: string, options: EngineOptions, latest: { readonly current: EngineOptions }) {
  return { key, engine: createFollowingEngine(options, () => latest.current) }
}
