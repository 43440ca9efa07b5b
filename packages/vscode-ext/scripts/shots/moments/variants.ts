import type { BrowserContextOptions } from 'playwright-core'

/** One way of looking at a page: how wide it is and in which language; each is photographed light and, mostly, dark. */
export interface Variant {
  readonly name: string
  readonly search: string
  readonly isWide: boolean
  readonly themes: readonly ('light' | 'dark')[]
  readonly context: BrowserContextOptions
}

const LANGUAGES = [
  { name: 'ltr', search: '', themes: ['light', 'dark'] },
  { name: 'rtl', search: '?lang=ar', themes: ['light', 'dark'] },
  // For its long words; what dark does to them the others show.
  { name: 'de', search: '?lang=de', themes: ['light'] },
] as const

const WIDTHS = [
  { name: 'wide', isWide: true, viewport: { width: 1280, height: 800 } },
  { name: 'narrow', isWide: false, viewport: { width: 390, height: 844 } },
] as const

export const VARIANTS: readonly Variant[] = LANGUAGES.flatMap((language) =>
  WIDTHS.map((width) => ({
    name: `${width.name}-${language.name}`,
    search: language.search,
    isWide: width.isWide,
    themes: language.themes,
    context: { viewport: width.viewport, reducedMotion: 'reduce' as const },
  })),
)
