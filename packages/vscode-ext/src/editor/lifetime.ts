/** Something that ends. */
export interface Ending {
  dispose(): unknown
}

/** Owns what must end with it, so that nobody disposes by hand. */
export interface Lifetime extends Ending {
  /** Takes charge of it; ends it at once where this lifetime is over already. */
  own<T extends Ending>(thing: T): T
  /** The same for a bare function, such as an unsubscribe. */
  ownEnd(end: () => unknown): void
  readonly over: boolean
}

/** A lifetime that ends what it owns in the reverse order of its coming, all of it even where one throws. */
export function createLifetime(): Lifetime {
  const owned: Ending[] = []
  let over = false
  const own = <T extends Ending>(thing: T): T => {
    if (over) thing.dispose()
    else owned.push(thing)
    return thing
  }
  return {
    own,
    ownEnd: (end) => {
      own({ dispose: end })
    },
    get over() {
      return over
    },
    dispose() {
      over = true
      const errors: unknown[] = []
      for (let thing = owned.pop(); thing !== undefined; thing = owned.pop()) {
        try {
          thing.dispose()
        } catch (error) {
          errors.push(error)
        }
      }
      if (errors.length > 0) throw new AggregateError(errors, 'Some parts could not be ended.')
    },
  }
}
