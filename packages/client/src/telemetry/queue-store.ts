/**
 * Where a queue keeps what has not left yet, in the order in which it came. A store that outlives the
 * page takes the place of this one later.
 */
export interface QueueStore<Item> {
  readonly size: number
  /** Keeps an item; under a key that is there already it replaces the one before. */
  put(key: string, item: Item): void
  /** The oldest ones. */
  first(count: number): readonly (readonly [key: string, item: Item])[]
  /** Lets go of an item, unless another has taken its key meanwhile. */
  remove(key: string, item: Item): void
}

export function createMemoryStore<Item>(): QueueStore<Item> {
  const items = new Map<string, Item>()
  return {
    get size() {
      return items.size
    },
    put: (key, item) => void items.set(key, item),
    first: (count) => Array.from(items).slice(0, count),
    remove(key, item) {
      if (items.get(key) === item) items.delete(key)
    },
  }
}
