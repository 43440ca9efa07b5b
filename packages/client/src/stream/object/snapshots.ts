/** A JSON value under construction that can be looked at while it grows. */
export interface Snapshots {
  open(isList: boolean): void
  close(): void
  /** The key of the next value in the innermost container, an object. */
  key(name: string): void
  /** A whole string, number or literal. */
  value(value: unknown): void
  /** The value so far; `partial` is the string in hand, `undefined` where there is none. */
  snapshot(partial: string | undefined): unknown
}

type Slot = string | number

interface Container {
  /** Grows in place; nobody outside has seen it before it is closed. */
  readonly live: Record<Slot, unknown>
  readonly isList: boolean
  /** Where the value in hand goes. */
  slot: Slot
  /** What the last snapshot showed, and whether anything changed since. */
  shown: unknown
  changed: boolean
}

/**
 * A closed container is never touched again and is handed out as it is; an open one is copied, one level
 * deep, once per snapshot in which it changed. So a snapshot costs the open containers, not the tree.
 */
export function createSnapshots(): Snapshots {
  const path: Container[] = []
  let root: unknown
  let shownPartial: string | undefined

  function put(container: Container, value: unknown): void {
    if (container.slot === '__proto__') {
      // Assignment would set the prototype; JSON means a property of that name.
      Object.defineProperty(container.live, container.slot, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      })
    } else {
      container.live[container.slot] = value
    }
    container.changed = true
  }

  function place(value: unknown): void {
    const parent = path.at(-1)
    if (parent === undefined) root = value
    else put(parent, value)
  }

  function next(): void {
    const parent = path.at(-1)
    if (parent?.isList && typeof parent.slot === 'number') parent.slot += 1
    shownPartial = undefined
  }

  /** The innermost container first, because each copy holds the one inside it. */
  function show(): unknown {
    let inner: unknown
    for (let depth = path.length - 1; depth >= 0; depth -= 1) {
      const container = path[depth]
      if (container === undefined) break
      const isInnermost = depth === path.length - 1
      if (!isInnermost && container.live[container.slot] !== inner) put(container, inner)
      if (container.changed || container.shown === undefined) {
        container.shown = container.isList
          ? (container.live as unknown as unknown[]).slice()
          : { ...container.live }
        container.changed = false
      }
      inner = container.shown
    }
    return path.length === 0 ? root : inner
  }

  return {
    open(isList) {
      const live = (isList ? [] : {}) as Record<Slot, unknown>
      place(live)
      path.push({ live, isList, slot: isList ? 0 : '', shown: undefined, changed: true })
    },
    close() {
      const closed = path.pop()
      if (closed === undefined) return
      // Unchanged since it was last shown: the copy that people hold becomes the value, so that it keeps its identity.
      place(closed.changed ? closed.live : closed.shown)
      next()
    },
    key(name) {
      const parent = path.at(-1)
      if (parent !== undefined) parent.slot = name
    },
    value(value) {
      const parent = path.at(-1)
      if (parent === undefined || shownPartial !== value) place(value)
      next()
    },
    snapshot(partial) {
      if (partial !== undefined && partial !== shownPartial) {
        place(partial)
        shownPartial = partial
      }
      return show()
    },
  }
}
