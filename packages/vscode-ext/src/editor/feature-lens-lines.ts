import { featureLine, noRunsLine } from '../engine/words/feature-line.ts'
import type { FiguresState } from './figures-store.ts'
import type { LinkState } from './link.ts'

const OFF = { untrusted: 'this workspace is not trusted', 'no-folder': 'no folder is open' } as const

/**
 * What stands above a feature's definition. There is always a line, so that the code below it does not
 * move when figures come or go.
 */
export function lensLine(feature: string, link: LinkState, figures: FiguresState): string {
  if (link.status === 'off') return `no figures: ${OFF[link.why]}`
  const found = figures.features.find((candidate) => candidate.feature === feature)
  if (found !== undefined) return featureLine(found)
  if (!figures.loaded) return 'reading figures …'
  if (figures.error !== null) return 'no figures: the collector does not answer'
  return noRunsLine(figures.environment, figures.windowMs)
}
