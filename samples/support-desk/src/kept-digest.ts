/** A digest that was written before. */
export interface KeptDigest {
  readonly text: string
  readonly atEpochMs: number
}

type Store = Pick<Storage, 'getItem' | 'setItem'>

const KEY = 'lantern.digest'

/** The digest that this tab has kept; `null` where there is none that can be read. */
export function readDigest(store: Store | null = tabStore()): KeptDigest | null {
  try {
    const { text, atEpochMs } = Object(JSON.parse(store?.getItem(KEY) ?? 'null')) as Record<string, unknown>
    return typeof text === 'string' && text !== '' && typeof atEpochMs === 'number'
      ? { text, atEpochMs }
      : null
  } catch {
    return null
  }
}

/** Keeps it for as long as the tab is open, and gives it back; a browser that forbids storage keeps nothing. */
export function keepDigest(digest: KeptDigest, store: Store | null = tabStore()): KeptDigest {
  try {
    store?.setItem(KEY, JSON.stringify(digest))
  } catch {}
  return digest
}

function tabStore(): Store | null {
  try {
    return sessionStorage
  } catch {
    return null
  }
}
