const LINK_PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:'])
const IMAGE_PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:'])

/** A base that no relative URL can leave without being seen. */
const NOWHERE = 'https://nowhere.invalid'

/**
 * The address that a link may lead to, or `null` where it may not. The browser's own parser decides which
 * protocol it is: it drops control characters and line ends from an address, so a check of the letters alone
 * would let `java\nscript:` through.
 */
export function safeHref(url: string, allowRelative: boolean): string | null {
  const absolute = parse(url)
  if (absolute !== null) return LINK_PROTOCOLS.has(absolute.protocol) ? encoded(url) : null
  return allowRelative && parse(url, NOWHERE)?.origin === NOWHERE ? encoded(url) : null
}

/** The address that an image may be loaded from, or `null`. A relative one is of the page's own host. */
export function safeImageSource(url: string, hosts: readonly string[], base: string): string | null {
  if (hosts.length === 0) return null
  const absolute = parse(url) ?? parse(url, base)
  if (absolute === null || !IMAGE_PROTOCOLS.has(absolute.protocol)) return null
  // A name and password in an address are a place to hide what is carried out.
  if (absolute.username !== '' || absolute.password !== '') return null
  return hosts.includes(absolute.host) ? encoded(url) : null
}

function parse(url: string, base?: string): URL | null {
  try {
    return new URL(url, base)
  } catch {
    return null
  }
}

/** As it stands in an attribute by CommonMark's examples: what is encoded already stays so. */
function encoded(url: string): string {
  return encodeURI(url.replace(/[\ud800-\udfff]/gu, '\ufffd')).replace(/%25(?=[\da-f]{2})/gi, '%')
}
