import type { PageJob } from '../job.ts'

/** What a page offers to the one who drives it, as the global `stage`. */
export interface Stage {
  start(): void
  regenerate(): void
  /** Takes the place away, as a router does that goes elsewhere. */
  unmount(): void
  /** What the library itself says of its runs, as JSON; empty for a peer. */
  readonly records: unknown[]
  /** Exceptions that the library caught and reported. */
  readonly bugs: string[]
  /** The page knows whether the feature is on; at once where it hears of no flags. */
  readonly isInformed: boolean
  /** What the page knows of the switch. */
  readonly isOn: boolean
}

/** The page's one stage. */
export const stage = {
  start: () => {},
  regenerate: () => {},
  unmount: () => {},
  records: [] as unknown[],
  bugs: [] as string[],
  isInformed: true,
  isOn: true,
}
Object.assign(globalThis, { stage })

export const job: PageJob = (globalThis as unknown as { readonly job: PageJob }).job
