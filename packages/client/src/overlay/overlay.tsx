import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react'
import { ForceForm } from './force-form.tsx'
import { ForcedList } from './forced-list.tsx'
import type { OverlayStore } from './overlay-store.ts'
import { RunsTable } from './runs-table.tsx'

/** Opens and closes the drawer from anywhere on the page. By its place on the keyboard, because Alt makes other letters of it on a Mac. */
const isShortcut = ({ altKey, shiftKey, ctrlKey, metaKey, code }: KeyboardEvent) =>
  altKey && shiftKey && !ctrlKey && !metaKey && code === 'KeyE'

/** A tab at the edge, and the drawer behind it. */
export function Overlay({ store }: { readonly store: OverlayStore }) {
  const { features, runs, forced } = useSyncExternalStore(store.subscribe, () => store.state)
  const [isOpen, setOpen] = useState(false)
  const tab = useRef<HTMLButtonElement>(null)
  const drawer = useRef<HTMLElement>(null)
  const drawerId = useId()

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return
      event.preventDefault()
      setOpen((wasOpen) => !wasOpen)
    }
    addEventListener('keydown', onKey, true)
    return () => removeEventListener('keydown', onKey, true)
  }, [])

  const wasOpen = useRef(false)
  useEffect(() => {
    if (isOpen) drawer.current?.focus()
    else if (wasOpen.current) tab.current?.focus()
    wasOpen.current = isOpen
  }, [isOpen])

  return (
    <>
      <button
        ref={tab}
        type="button"
        className="tab"
        part="tab"
        aria-expanded={isOpen}
        aria-controls={drawerId}
        aria-keyshortcuts="Alt+Shift+E"
        title="Alt+Shift+E"
        hidden={isOpen}
        onClick={() => setOpen(true)}
      >
        Evenkeel
        {forced.length > 0 && <span className="pill">{forced.length} forced</span>}
      </button>
      <aside
        ref={drawer}
        id={drawerId}
        className="drawer"
        aria-label="Evenkeel development overlay"
        // Its words are English on every page.
        lang="en"
        dir="ltr"
        tabIndex={-1}
        hidden={!isOpen}
        onKeyDown={(event) => {
          // The app's own shortcuts are not meant here.
          event.stopPropagation()
          if (event.key === 'Escape') setOpen(false)
        }}
      >
        <header className="head">
          <h2>Evenkeel</h2>
          <p className="soft">In development only. Forced runs are synthetic, and in no figure.</p>
          {runs.length > 0 && (
            <button type="button" className="button" onClick={store.forgetRuns}>
              Forget these runs
            </button>
          )}
          <button
            type="button"
            className="button"
            aria-keyshortcuts="Alt+Shift+E"
            onClick={() => setOpen(false)}
          >
            Close
          </button>
        </header>
        <div className="rooms">
          <section className="force" aria-label="What to force">
            <ForceForm features={features} onForce={store.force} />
            <ForcedList forced={forced} onClear={store.clear} />
          </section>
          <RunsTable runs={runs} />
        </div>
      </aside>
    </>
  )
}
