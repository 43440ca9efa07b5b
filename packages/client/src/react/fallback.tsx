import type { ReactNode, RefObject } from 'react'
import { keepFocus } from '../render/in-use.ts'
import { useIsomorphicLayoutEffect } from './use-place.ts'

/** What a product offers without AI, in the place of an answer. Where it goes with the focus inside, the place keeps that. */
export function Fallback(props: {
  readonly place: RefObject<HTMLElement | null>
  readonly children: ReactNode
}): ReactNode {
  const { place, children } = props
  // React runs this clean-up before it takes the children out of the page.
  useIsomorphicLayoutEffect(() => () => keepFocus(place.current), [place])
  return children
}
