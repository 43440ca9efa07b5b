import type { createRunIn } from './create-run.ts'

declare const process: { readonly env: { readonly NODE_ENV?: string } }

export type MakeRun = typeof createRunIn

/** Makes runs of which some are rehearsals: things go wrong in them because somebody wants to see it. */
export type Rehearsal = (make: MakeRun) => MakeRun

let rehearsal: Rehearsal | null = null

/** From now on engines make runs this way. The development overlay calls it, and nothing else. */
export function rehearse(by: Rehearsal | null): void {
  rehearsal = by
}

/** How runs are made. A production build leaves all of it out. */
export function rehearsed(make: MakeRun): MakeRun {
  try {
    if (process.env.NODE_ENV !== 'production') return rehearsal?.(make) ?? make
  } catch {
    // A page that loads the modules as they are has no `process`.
  }
  return make
}
