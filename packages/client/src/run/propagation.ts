/** Where our own headers may go. */
export interface Propagation {
  /** The page's own origin; `null` where there is none. */
  readonly origin: string | null
  /** Further origins whose servers accept the headers. */
  readonly propagateTo: readonly string[]
}

/**
 * Whether our headers may go to this URL: to the page's own origin and the origins named, and nowhere
 * else, because any header of ours makes a browser ask a foreign server's permission first.
 */
export function mayPropagate(url: string, { origin, propagateTo }: Propagation): boolean {
  // Without a page only an absolute URL has an origin; a relative one is the caller's own server.
  const target = parseUrl(url, origin ?? 'relative:/')
  if (target === null) return false
  return target.protocol === 'relative:' || target.origin === origin || propagateTo.includes(target.origin)
}

/** The URL, taken from `base` where it is relative; `null` where it is none. */
export function parseUrl(url: string, base: string | null): URL | null {
  try {
    return new URL(url, base ?? undefined)
  } catch {
    return null
  }
}
