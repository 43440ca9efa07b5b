import * as vscode from 'vscode'
import { DOT } from '../engine/words/feature-line.ts'
import { formatWindow } from '../engine/words/window.ts'
import { featureEntries } from './feature-entries.ts'
import type { FiguresStore } from './figures-store.ts'
import { CONTEXT, VIEW } from './ids.ts'
import type { Lifetime } from './lifetime.ts'
import { runEntries } from './run-entries.ts'
import type { RunsStore } from './runs-store.ts'
import { situationOf, trouble } from './situation.ts'
import type { TreeEntry } from './tree-entry.ts'
import { createEntryProvider, type EntryProvider } from './tree-view.ts'
import type { WorkspaceLink } from './workspace-link.ts'

export interface Views {
  readonly features: EntryProvider
  readonly runs: EntryProvider
  readonly runsView: vscode.TreeView<TreeEntry>
}

/** The Features and Runs views, and what `when` clauses know of them. */
export function registerViews(
  lifetime: Lifetime,
  link: WorkspaceLink,
  figures: FiguresStore,
  runs: RunsStore,
): Views {
  const away = (): boolean => link.state.status === 'off'
  const features = lifetime.own(
    createEntryProvider({
      opened: link.need,
      entries: () =>
        figures.state.loaded || away() ? featureEntries(figures.state.features, Date.now()) : null,
      subscribe: (listener) => both(figures.subscribe(listener), link.onState(listener)),
    }),
  )
  const runsProvider = lifetime.own(
    createEntryProvider({
      opened: link.need,
      entries: () => (runs.state.loaded || away() ? runEntries(runs.state, Date.now()) : null),
      subscribe: (listener) => both(runs.subscribe(listener), link.onState(listener)),
    }),
  )
  const featuresView = lifetime.own(
    vscode.window.createTreeView(VIEW.features, { treeDataProvider: features, showCollapseAll: true }),
  )
  const runsView = lifetime.own(vscode.window.createTreeView(VIEW.runs, { treeDataProvider: runsProvider }))

  const setContext = createContext()
  const describe = (): void => {
    const { environment, windowMs } = figures.state
    const { feature, error } = runs.state
    const named = (parts: readonly (string | undefined)[]): string =>
      parts.filter((part) => part !== undefined).join(DOT)
    featuresView.description = environment === undefined ? '' : named([environment, formatWindow(windowMs)])
    runsView.description = named([feature, environment])
    const message = trouble(link.state, figures.state)
    featuresView.message = message ?? ''
    runsView.message = message ?? (error === null ? '' : `${error.error} ${error.hint}`)
    setContext(CONTEXT.situation, situationOf(link.state, figures.state))
    setContext(CONTEXT.runsFiltered, feature !== undefined)
  }
  lifetime.ownEnd(figures.subscribe(describe))
  lifetime.ownEnd(runs.subscribe(describe))
  lifetime.ownEnd(link.onState(describe))
  describe()
  return { features, runs: runsProvider, runsView }
}

/** Sets a `when` key only when its value is new: each set redraws menus. */
function createContext(): (key: string, value: unknown) => void {
  const known = new Map<string, unknown>()
  return (key, value) => {
    if (known.get(key) === value) return
    known.set(key, value)
    void vscode.commands.executeCommand('setContext', key, value)
  }
}

function both(first: () => void, second: () => void): () => void {
  return () => {
    first()
    second()
  }
}
