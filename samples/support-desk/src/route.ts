import { useSyncExternalStore } from 'react'

/** What the address names: the list alone, one ticket of it, or the weekly digest. */
export type Place =
  | { readonly page: 'list' }
  | { readonly page: 'ticket'; readonly id: string }
  | { readonly page: 'digest' }

const TICKET = '#/tickets/'
const DIGEST = '#/digest'

/** The place that a hash names (`#/tickets/1042`, `#/digest`), so that back, reload and a shared link work. */
export function placeOf(hash: string): Place {
  if (hash === DIGEST) return { page: 'digest' }
  return hash.startsWith(TICKET) ? { page: 'ticket', id: hash.slice(TICKET.length) } : { page: 'list' }
}

export function hashOf(place: Place): string {
  if (place.page === 'digest') return DIGEST
  return place.page === 'ticket' ? `${TICKET}${place.id}` : ''
}

/** The pattern of the place, without what is particular to it: what telemetry may know. */
export function patternOf(hash: string): string {
  return placeOf(hash).page === 'digest' ? '/digest' : '/tickets/:id'
}

export function usePlace(): { place: Place; go: (place: Place) => void } {
  const hash = useSyncExternalStore(subscribe, () => location.hash)
  return {
    place: placeOf(hash),
    go: (place) => {
      location.hash = hashOf(place)
    },
  }
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}
