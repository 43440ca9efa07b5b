/**
 * Every id that code and `package.json` must agree on, in one place; `manifest.test.ts` holds the two
 * together.
 */
export const COMMAND = {
  openRun: 'evenkeel.openRun',
  openRunToSide: 'evenkeel.openRunToSide',
  openLatestRun: 'evenkeel.openLatestRun',
  showFeatureRuns: 'evenkeel.showFeatureRuns',
  goToFeature: 'evenkeel.goToFeature',
  filterRuns: 'evenkeel.filterRuns',
  clearRunsFilter: 'evenkeel.clearRunsFilter',
  loadMoreRuns: 'evenkeel.loadMoreRuns',
  chooseEnvironment: 'evenkeel.chooseEnvironment',
  copyRunId: 'evenkeel.copyRunId',
  copyCollectorAddress: 'evenkeel.copyCollectorAddress',
  attach: 'evenkeel.attach',
} as const

export type CommandId = (typeof COMMAND)[keyof typeof COMMAND]

export const CONTAINER = 'evenkeel'

export const VIEW = { features: 'evenkeel.features', runs: 'evenkeel.runs' } as const

/** The webview that shows one run. */
export const RUN_PANEL = 'evenkeel.run'

/** Keys of `when` clauses. */
export const CONTEXT = {
  /** A {@link Situation}. */
  situation: 'evenkeel.situation',
  runsFiltered: 'evenkeel.runsFiltered',
} as const

/** Where the window stands with its data; each has its own welcome in the views. */
export const SITUATIONS = ['no-folder', 'untrusted', 'attaching', 'failed', 'no-runs', 'ready'] as const
export type Situation = (typeof SITUATIONS)[number]

/** What menus tell tree items apart by. */
export const ITEM = { feature: 'feature', figure: 'figure', run: 'run', more: 'more' } as const
export type ItemKind = (typeof ITEM)[keyof typeof ITEM]

export const SETTING = { codeLens: 'codeLens' } as const

/** The section of {@link SETTING}, and the key of what a workspace remembers. */
export const NAME = 'evenkeel'
export const REMEMBERED = { environment: 'evenkeel.environment' } as const
