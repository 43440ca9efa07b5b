import * as vscode from 'vscode'
import { formatRuns } from '../engine/words/count.ts'
import { DOT } from '../engine/words/feature-line.ts'
import { formatAgo } from '../engine/words/time.ts'
import { formatWindow } from '../engine/words/window.ts'
import type { FiguresStore, Memory } from './figures-store.ts'
import { COMMAND } from './ids.ts'
import type { Lifetime } from './lifetime.ts'

/** Names the environment of every figure in the status bar; a click chooses another. */
export function registerEnvironmentStatus(lifetime: Lifetime, figures: FiguresStore): void {
  const item = lifetime.own(
    vscode.window.createStatusBarItem('evenkeel.environment', vscode.StatusBarAlignment.Left, 0),
  )
  item.name = 'Evenkeel environment'
  item.command = COMMAND.chooseEnvironment
  const draw = (): void => {
    const { environment, windowMs } = figures.state
    if (environment === undefined) return item.hide()
    item.text = `$(pulse) ${environment}`
    item.tooltip = `Evenkeel shows ${environment}${DOT}last ${formatWindow(windowMs)}. Click to choose another environment.`
    item.accessibilityInformation = { label: `Evenkeel environment: ${environment}` }
    item.show()
  }
  lifetime.ownEnd(figures.subscribe(draw))
  draw()
}

/** Asks for the environment; the choice is the workspace's. */
export async function chooseEnvironment(figures: FiguresStore, memory: Memory): Promise<void> {
  const { environments } = figures.state
  if (environments.length === 0) {
    await vscode.window.showInformationMessage('No run has named an environment yet.')
    return
  }
  const now = Date.now()
  const latest = { label: 'Seen last', description: environments[0]?.name ?? '', environment: undefined }
  const named = environments.map(({ name, runs, lastSeenEpochMs }) => ({
    label: name,
    description: [formatRuns(runs), `last ${formatAgo(lastSeenEpochMs, now)}`].join(DOT),
    environment: name,
  }))
  const chosen = memory.get()
  const items = [latest, ...named].map((item) => ({
    ...item,
    ...(item.environment === chosen ? { detail: 'Shown now' } : {}),
  }))
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Environment of all figures and runs',
    placeHolder: 'Figures of two environments are never added up',
  })
  if (picked !== undefined) figures.choose(picked.environment)
}
