import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react'
import { type Mark, marksByRow, type WaterfallLayout } from './layout.ts'
import { isWalkKey, nextMark } from './walk.ts'

/** What a mark's button needs to be pointed at, walked to and pinned. */
export interface MarkProps {
  readonly type: 'button'
  readonly 'data-mark': string
  readonly 'aria-pressed': boolean
  readonly tabIndex: number
  readonly onFocus: () => void
  readonly onMouseEnter: () => void
  readonly onMouseLeave: () => void
  readonly onClick: () => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

export interface Walk {
  /** The mark under the pointer, else the one in focus. */
  readonly shown: Mark | null
  readonly pinned: Mark | null
  readonly unpin: () => void
  readonly propsOf: (mark: Mark) => MarkProps
}

/** The waterfall is one stop of the tab key; within it the arrow keys walk, Enter pins, Escape lets go. */
export function useWalk(layout: WaterfallLayout): Walk {
  const rows = useMemo(() => marksByRow(layout), [layout])
  const marks = useMemo(() => new Map(rows.flat().map((mark) => [mark.id, mark])), [rows])
  const [stopId, setStopId] = useState<string | null>(null)
  const [shownId, setShownId] = useState<string | null>(null)
  const [pinnedId, setPinnedId] = useState<string | null>(null)
  const find = (id: string | null) => (id === null ? null : (marks.get(id) ?? null))
  // A live change may take the mark away that was the stop.
  const stop = find(stopId)?.id ?? layout.attempts[0]?.whole.id ?? rows[0]?.[0]?.id
  const stopRef = useRef(stop)
  stopRef.current = stop

  const walk = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === 'Escape') setPinnedId(null)
      if (!isWalkKey(event.key) || stopRef.current === undefined) return
      event.preventDefault()
      const id = nextMark(rows, stopRef.current, event.key)
      const scope = event.currentTarget.closest('[data-walk]')
      const target = [...(scope?.querySelectorAll<HTMLElement>('[data-mark]') ?? [])].find(
        (element) => element.dataset.mark === id,
      )
      target?.focus()
    },
    [rows],
  )

  return {
    shown: find(shownId),
    pinned: find(pinnedId),
    unpin: () => setPinnedId(null),
    propsOf: ({ id }) => ({
      type: 'button',
      'data-mark': id,
      'aria-pressed': id === pinnedId,
      tabIndex: id === stop ? 0 : -1,
      onFocus: () => {
        setStopId(id)
        setShownId(id)
      },
      onMouseEnter: () => setShownId(id),
      onMouseLeave: () => setShownId(null),
      onClick: () => setPinnedId(id === pinnedId ? null : id),
      onKeyDown: walk,
    }),
  }
}
