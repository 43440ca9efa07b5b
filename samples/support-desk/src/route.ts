import { useSyncExternalStore } from 'react'

const PREFIX = '#/tickets/'

/** The ticket that the address names (`#/tickets/1042`), so that back, reload and a shared link work. */
export function useSelectedTicket(): { selected: string | null; select: (id: string | null) => void } {
  const hash = useSyncExternalStore(subscribe, () => location.hash)
  const selected = hash.startsWith(PREFIX) ? hash.slice(PREFIX.length) : null
  return {
    selected,
    select: (id) => {
      location.hash = id === null ? '' : `${PREFIX}${id}`
    },
  }
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}
