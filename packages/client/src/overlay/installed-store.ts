import { rehearse } from '../run/rehearsal.ts'
import { createOverlayStore, type OverlayStore } from './overlay-store.ts'
import { rehearsalOf } from './rehearse-runs.ts'

/** The page's one store. It sees every run that is made from the loading of this module on. */
export const installedStore = install()

function install(): OverlayStore {
  const store = createOverlayStore()
  rehearse(rehearsalOf(store))
  return store
}
