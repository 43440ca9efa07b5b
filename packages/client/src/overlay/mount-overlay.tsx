import { createRoot } from 'react-dom/client'
import { adoptStyles } from '../react/adopt-styles.ts'
import { installedStore } from './installed-store.ts'
import { Overlay } from './overlay.tsx'
import { overlayCss } from './overlay-css.ts'

/**
 * Puts the overlay at the edge of the page, for apps that have no place in a React tree for it; returns its
 * removal. It needs `react-dom` all the same.
 *
 * @example
 * mountOverlay()
 */
export function mountOverlay(): () => void {
  const host = document.createElement('evenkeel-overlay')
  const place = document.createElement('div')
  // In a tree of its own, so that the app's styles and errors and those of the overlay do not meet.
  host.attachShadow({ mode: 'open' }).append(place)
  document.body.append(host)
  adoptStyles(place, overlayCss)
  const root = createRoot(place)
  root.render(<Overlay store={installedStore} />)
  return () => {
    host.remove()
    // React does not unmount one tree while it renders another.
    queueMicrotask(() => root.unmount())
  }
}
