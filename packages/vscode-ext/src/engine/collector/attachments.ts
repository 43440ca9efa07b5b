/** Who is attached: one entry for each open `/v1/changes` connection. */
export interface Attachments {
  readonly size: number
  /** How many are attached besides the asker. */
  others(name: string | undefined): number
  /** Returns how to detach. */
  add(name: string | undefined): () => void
}

export function createAttachments(onDetach: () => void): Attachments {
  const open = new Map<symbol, string | undefined>()
  return {
    get size() {
      return open.size
    },
    others: (name) => [...open.values()].filter((each) => each === undefined || each !== name).length,
    add(name) {
      const key = Symbol()
      open.set(key, name)
      return () => {
        if (open.delete(key)) onDetach()
      }
    },
  }
}
