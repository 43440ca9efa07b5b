import * as vscode from 'vscode'
import { attachCollector } from '../engine/attach.ts'
import { createCodeIndex } from '../engine/code-index/code-index.ts'
import { chooseWorkspace, workspaceOfDiscovery } from './choose-workspace.ts'
import { registerCommands } from './commands.ts'
import { registerEnvironmentStatus } from './environment-status.ts'
import { registerFeatureLens } from './feature-lens.ts'
import { createFiguresStore, type FiguresStore, type Memory } from './figures-store.ts'
import { REMEMBERED } from './ids.ts'
import { createLifetime, type Lifetime } from './lifetime.ts'
import { type RunPanels, registerRunPanels } from './run-panels.ts'
import { createRunsStore, type RunsStore } from './runs-store.ts'
import { registerViews, type Views } from './views.ts'
import { createWorkspaceLink, type WorkspaceLink } from './workspace-link.ts'

/** What the suite in the extension host sees of the inside; nobody else gets it. */
export interface TestApi {
  readonly link: WorkspaceLink
  readonly figures: FiguresStore
  readonly runs: RunsStore
  readonly views: Views
  readonly panels: RunPanels
}

let lifetime: Lifetime | undefined
let link: WorkspaceLink | undefined

export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const own = createLifetime()
  const memory: Memory = {
    get: () => context.workspaceState.get<string>(REMEMBERED.environment),
    set: (environment) => void context.workspaceState.update(REMEMBERED.environment, environment),
  }
  const created = createWorkspaceLink({
    trusted: () => vscode.workspace.isTrusted,
    chooseWorkspace: () => chooseWorkspace(openFolders()),
    attach: (workspace) => attachCollector({ workspace, spawn: collectorCommand(context) }),
    setTimeout: (work, ms) => setTimeout(work, ms),
    clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout | undefined),
  })
  lifetime = own
  link = created
  watchWorkspace(own, created)

  const figures = own.own(createFiguresStore(created, memory))
  const runs = own.own(createRunsStore(created, figures))
  const index = createCodeIndex()
  const panels = registerRunPanels(own, created, context.extensionUri)
  const views = registerViews(own, created, figures, runs)
  registerFeatureLens(own, created, figures, index)
  registerEnvironmentStatus(own, figures)
  registerCommands(own, { link: created, figures, memory, runs, panels, index })
  return context.extensionMode === vscode.ExtensionMode.Test
    ? { link: created, figures, runs, views, panels }
    : undefined
}

/** The collector stays for other windows and ends by itself when nobody is attached. */
export async function deactivate(): Promise<void> {
  lifetime?.dispose()
  await link?.dispose()
}

function watchWorkspace(own: Lifetime, link: WorkspaceLink): void {
  own.own(vscode.workspace.onDidChangeWorkspaceFolders(() => link.again()))
  own.own(vscode.workspace.onDidGrantWorkspaceTrust(() => link.again()))
  const files = own.own(vscode.workspace.createFileSystemWatcher('**/.evenkeel/collector.json'))
  own.own(files.onDidCreate(({ fsPath }) => link.appeared(workspaceOfDiscovery(fsPath))))
}

function openFolders(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? []
  return folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath)
}

/** The editor's own executable runs the collector, so that no Node has to be installed. */
function collectorCommand(context: vscode.ExtensionContext) {
  return { command: process.execPath, args: [context.asAbsolutePath('dist/collector.cjs')] }
}
