import { type RefObject, useEffect, useLayoutEffect } from 'react'
import { adoptStyles } from './adopt-styles.ts'

/** React 18 warns of `useLayoutEffect` on a server, where neither runs. */
export const useIsomorphicLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect

/**
 * Gives a component's element the stylesheet and its reserved place. React writes the place into the
 * markup; where a Content-Security-Policy forbids inline styles, the browser has ignored it there.
 */
export function usePlace(element: RefObject<HTMLElement | null>, minBlockSize: string, css: string): void {
  useIsomorphicLayoutEffect(() => {
    if (element.current === null) return
    adoptStyles(element.current, css)
    element.current.style.minBlockSize ||= minBlockSize
  }, [element, minBlockSize, css])
}
