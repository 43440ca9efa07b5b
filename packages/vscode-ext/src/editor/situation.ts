import type { FiguresState } from './figures-store.ts'
import type { Situation } from './ids.ts'
import type { LinkState } from './link.ts'

/** Which welcome the views show while they have nothing to list, and when they are ready. */
export function situationOf(link: LinkState, figures: FiguresState): Situation {
  if (link.status === 'off') return link.why
  if (figures.environments.length > 0) return 'ready'
  if (link.status === 'failed' || figures.error !== null) return 'failed'
  return figures.loaded ? 'no-runs' : 'attaching'
}

/** A line above the lists: what is wrong and what to do, while what was known still stands below it. */
export function trouble(link: LinkState, figures: FiguresState): string | undefined {
  if (link.status === 'lost') return 'The collector is gone and is being started again. Nothing to do.'
  const problem = link.status === 'failed' ? link.error : figures.error
  if (problem === null) return undefined
  return `${problem.error} ${problem.hint}`
}
