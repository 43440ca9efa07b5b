'use client'

/**
 * What a production build has in the place of the development overlay.
 *
 * @packageDocumentation
 */
export const EvenkeelOverlay = (): null => null

export const mountOverlay = (): (() => void) => () => {}
