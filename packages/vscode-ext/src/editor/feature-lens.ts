import * as vscode from 'vscode'
import type { CodeIndex } from '../engine/code-index/code-index.ts'
import { lensLine } from './feature-lens-lines.ts'
import type { FiguresStore } from './figures-store.ts'
import { COMMAND, NAME, SETTING } from './ids.ts'
import type { Lifetime } from './lifetime.ts'
import type { WorkspaceLink } from './workspace-link.ts'

const LANGUAGES = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact']

/** The figures of a feature in one line above `defineFeature`. */
export function registerFeatureLens(
  lifetime: Lifetime,
  link: WorkspaceLink,
  figures: FiguresStore,
  index: CodeIndex,
): void {
  const changed = lifetime.own(new vscode.EventEmitter<void>())
  const redraw = (): void => changed.fire()
  lifetime.ownEnd(figures.subscribe(redraw))
  lifetime.ownEnd(link.onState(redraw))
  lifetime.own(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${NAME}.${SETTING.codeLens}`)) redraw()
    }),
  )
  lifetime.own(vscode.workspace.onDidCloseTextDocument((document) => index.forget(document.uri.toString())))
  const selector = LANGUAGES.map((language) => ({ language, scheme: 'file' }))
  lifetime.own(
    vscode.languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses(document) {
        if (!vscode.workspace.getConfiguration(NAME).get(SETTING.codeLens, true)) return []
        const sites = index.read(document.uri.toString(), document.getText())
        // Only code that has a feature asks for a collector; every other window is left alone.
        if (sites.length > 0) link.need()
        return sites.flatMap(({ id, start }) => {
          const range = document.lineAt(document.positionAt(start)).range
          const title = lensLine(id, link.state, figures.state)
          const lens = (command: vscode.Command) => new vscode.CodeLens(range, command)
          const line = lens({
            title,
            command: COMMAND.showFeatureRuns,
            arguments: [id],
            tooltip: `Show the runs of ${id}`,
          })
          if (!figures.state.features.some(({ feature }) => feature === id)) return [line]
          return [line, lens({ title: 'latest run', command: COMMAND.openLatestRun, arguments: [id] })]
        })
      },
    }),
  )
}
