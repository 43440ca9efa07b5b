'use client'

import { useEffect } from 'react'
import { mountOverlay } from './mount-overlay.tsx'

/**
 * The last runs of this page, and the way to force any failure, level or moment. It draws nothing where it
 * stands; its drawer is at the edge of the page. Nothing of it is in a production build.
 *
 * @example
 * <EvenkeelProvider>
 *   <App />
 *   <EvenkeelOverlay />
 * </EvenkeelProvider>
 */
export function DevelopmentOverlay(): null {
  useEffect(mountOverlay, [])
  return null
}
