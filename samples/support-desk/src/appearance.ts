import { useEffect, useState } from 'react'

/** `auto` follows the system. */
export type Theme = 'auto' | 'light' | 'dark'
export type Direction = 'ltr' | 'rtl'

const THEMES = ['auto', 'light', 'dark'] as const satisfies readonly Theme[]
const KEY = 'lantern.theme'

/** The theme in force, kept in this browser, and the way to the next one. */
export function useTheme(): { theme: Theme; next: () => void } {
  const [theme, setTheme] = useState<Theme>(readTheme)
  useEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
    keep(theme)
  }, [theme])
  return { theme, next: () => setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto') }
}

/** The writing direction: the language's own or `?dir=rtl` at first, then the reader's choice. */
export function useDirection(own: Direction): {
  direction: Direction
  choose: (direction: Direction) => void
} {
  const [direction, choose] = useState<Direction>(() => {
    const asked = new URLSearchParams(location.search).get('dir')
    return asked === 'rtl' || asked === 'ltr' ? asked : own
  })
  useEffect(() => {
    document.documentElement.dir = direction
  }, [direction])
  return { direction, choose }
}

function readTheme(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'auto'
  } catch {
    return 'auto'
  }
}

// A browser that forbids storage still gets the theme, for as long as the page is open.
function keep(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme)
  } catch {}
}
