/** What is to happen, in its order of time; what is set for the same moment happens in the order in which it was set. */
export interface Timeline {
  readonly nowMs: number
  at(atMs: number, work: () => void): () => void
  /** Lets the next thing happen; false where nothing is left. */
  step(): boolean
}

interface Entry {
  readonly atMs: number
  readonly order: number
  work: (() => void) | null
}

const isBefore = (a: Entry, b: Entry) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)

/** A binary heap: ten thousand clients have ten thousand things to come. */
export function createTimeline(): Timeline {
  const heap: Entry[] = []
  let nowMs = 0
  let order = 0

  function swap(a: number, b: number): void {
    const [x, y] = [heap[a], heap[b]]
    if (x === undefined || y === undefined) return
    heap[a] = y
    heap[b] = x
  }

  function isSmaller(a: number, b: number): boolean {
    const [x, y] = [heap[a], heap[b]]
    return x !== undefined && y !== undefined && isBefore(x, y)
  }

  function push(entry: Entry): void {
    heap.push(entry)
    for (let at = heap.length - 1; at > 0 && isSmaller(at, (at - 1) >> 1); at = (at - 1) >> 1) {
      swap(at, (at - 1) >> 1)
    }
  }

  function pop(): Entry | undefined {
    swap(0, heap.length - 1)
    const first = heap.pop()
    for (let at = 0; ; ) {
      const child = isSmaller(2 * at + 2, 2 * at + 1) ? 2 * at + 2 : 2 * at + 1
      if (!isSmaller(child, at)) return first
      swap(child, at)
      at = child
    }
  }

  return {
    get nowMs() {
      return nowMs
    },
    at(atMs, work) {
      order += 1
      const entry: Entry = { atMs: Math.max(nowMs, atMs), order, work }
      push(entry)
      return () => {
        entry.work = null
      }
    },
    step() {
      let entry = pop()
      while (entry !== undefined && entry.work === null) entry = pop()
      if (entry === undefined) return false
      nowMs = entry.atMs
      entry.work?.()
      return true
    },
  }
}
