'use client'

import type { Deck, Words } from '@evenkeel/shared'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { EngineOptions } from '../run/engine.ts'
import { DeckContext, EngineContext, type RunMaker } from './context.ts'
import { createFollowingEngine, keyOf } from './engine-options.ts'

export interface EvenkeelProviderProps extends EngineOptions {
  /** An engine of the product's own; the options beside it are then not looked at. */
  readonly engine?: RunMaker
  /** The words in force beneath, such as `de` of `@evenkeel/shared/decks`; what it leaves out stays English. */
  readonly deck?: Deck
  /** The language of `deck`, where that does not say so itself. */
  readonly locale?: string
  /** Words in place of the deck's; `null` is silence. */
  readonly words?: Words
  readonly children?: ReactNode
}

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
  const { engine, deck: given, locale, words, children, ...options } = props
  const deck = useMemo(
    (): Deck => ({ ...given, ...words, ...(locale && { locale }) }),
    [given, words, locale],
  )
  const own = useOwnEngine({ ...options, deck })
  return (
    <EngineContext.Provider value={engine ?? own}>
      <DeckContext.Provider value={deck}>{children}</DeckContext.Provider>
    </EngineContext.Provider>
  )
}

/**
 * The engine is not disposed of with its provider: a detached run may still be on its way, and its
 * record must leave. It is where somebody else is signed in: its record would leave in their session.
 */
function useOwnEngine(options: EngineOptions): RunMaker {
  const latest = useRef(options)
  const key = keyOf(options)
  const [held, setHeld] = useState(() => open(key, options, latest))
  const current = held.key === key ? held : open(key, options, latest)
  if (current !== held) setHeld(current)
  const inForce = useRef(current)
  useEffect(() => {
    latest.current = options
    const { engine, who } = inForce.current
    inForce.current = current
    // Requests are the next one's by now, so what is left of this one must wait.
    if (who && who !== current.who) void engine.dispose(false)
  })
  return current.engine
}

function open(key: string, options: EngineOptions, latest: { readonly current: EngineOptions }) {
  const { tenant, user } = options
  const who = tenant || user ? JSON.stringify([tenant, user]) : ''
  return { key, who, engine: createFollowingEngine(options, () => latest.current) }
}
