import { createContext, useContext } from 'react'
import type { Host } from '../host.ts'

export const HostContext = createContext<Host | null>(null)

/** The host that the page was started with. */
export function useHost(): Host {
  const host = useContext(HostContext)
  if (host === null) throw new Error('A page part is used outside its page: wrap it in <HostContext value>.')
  return host
}
