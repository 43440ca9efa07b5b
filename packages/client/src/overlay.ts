'use client'

/**
 * The development overlay: the last runs of the page, and the way to force any failure, level or moment in
 * your own app. A production build gets two functions that do nothing, and none of the rest.
 *
 * @packageDocumentation
 */
import { DevelopmentOverlay } from './overlay/development-overlay.tsx'
import { mountOverlay as mountInDevelopment } from './overlay/mount-overlay.tsx'
import * as nothing from './overlay-nothing.ts'

declare const process: { readonly env: { readonly NODE_ENV?: string } }

/**
 * Draws nothing where it stands; its drawer is at the edge of the page, behind a small tab and Alt+Shift+E.
 *
 * @example
 * <EvenkeelProvider>
 *   <App />
 *   <EvenkeelOverlay />
 * </EvenkeelProvider>
 */
export const EvenkeelOverlay: () => null =
  process.env.NODE_ENV === 'production' ? nothing.EvenkeelOverlay : DevelopmentOverlay

/**
 * The same for apps without a place in a React tree; returns its removal. It needs `react-dom` beside it.
 *
 * @example
 * mountOverlay()
 */
export const mountOverlay: () => () => void =
  process.env.NODE_ENV === 'production' ? nothing.mountOverlay : mountInDevelopment
