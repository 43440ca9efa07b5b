import * as vscode from 'vscode'
import type { CodeIndex } from '../engine/code-index/code-index.ts'
import { chooseEnvironment } from './environment-status.ts'
import type { FiguresStore, Memory } from './figures-store.ts'
import { findDefinition } from './find-definition.ts'
import { COMMAND, type CommandId, VIEW } from './ids.ts'
import type { Lifetime } from './lifetime.ts'
import type { RunPanels } from './run-panels.ts'
import type { RunsStore } from './runs-store.ts'
import type { TreeEntry } from './tree-entry.ts'
import type { WorkspaceLink } from './workspace-link.ts'

export interface CommandWorld {
  readonly link: WorkspaceLink
  readonly figures: FiguresStore
  readonly memory: Memory
  readonly runs: RunsStore
  readonly panels: RunPanels
  readonly index: CodeIndex
}

/** Called with what a click means, or with the row whose menu was used. */
type Command = (target?: string | TreeEntry) => unknown

/** Every command of the extension; the type holds the list to the ids. */
export function registerCommands(lifetime: Lifetime, world: CommandWorld): void {
  const commands = commandsOf(world)
  for (const [id, command] of Object.entries(commands)) {
    lifetime.own(vscode.commands.registerCommand(id, command))
  }
}

function commandsOf({
  link,
  figures,
  memory,
  runs,
  panels,
  index,
}: CommandWorld): Record<CommandId, Command> {
  const showRuns = async (feature: string | undefined): Promise<void> => {
    runs.filter(feature)
    await vscode.commands.executeCommand(`${VIEW.runs}.focus`)
  }
  return {
    [COMMAND.openRun]: async (target) => {
      const runId = subject(target) ?? (await askRunId())
      if (runId !== undefined) panels.open(runId)
    },
    [COMMAND.openRunToSide]: async (target) => {
      const runId = subject(target) ?? (await askRunId())
      if (runId !== undefined) panels.open(runId, true)
    },
    [COMMAND.openLatestRun]: async (target) => {
      const feature = subject(target)
      if (link.state.status !== 'attached') return
      const { environment } = figures.state
      const found = await link.state.source.runs({
        ...(feature === undefined ? {} : { feature }),
        ...(environment === undefined ? {} : { environment }),
        limit: 1,
      })
      const latest = found.runs[0]
      if (latest !== undefined) panels.open(latest.runId)
      else void vscode.window.showInformationMessage(`No run of ${feature ?? 'any feature'} yet.`)
    },
    [COMMAND.showFeatureRuns]: (target) => showRuns(subject(target)),
    [COMMAND.clearRunsFilter]: () => showRuns(undefined),
    [COMMAND.filterRuns]: async () => {
      const all = { label: 'All features', feature: undefined }
      const features = figures.state.features.map(({ feature }) => ({ label: feature, feature }))
      const picked = await vscode.window.showQuickPick([all, ...features], { title: 'Show the runs of' })
      if (picked !== undefined) await showRuns(picked.feature)
    },
    [COMMAND.loadMoreRuns]: () => runs.loadMore(),
    [COMMAND.goToFeature]: (target) => goToFeature(subject(target), index),
    [COMMAND.chooseEnvironment]: () => chooseEnvironment(figures, memory),
    [COMMAND.copyRunId]: (target) => vscode.env.clipboard.writeText(subject(target) ?? ''),
    [COMMAND.copyCollectorAddress]: async () => {
      link.need()
      await link.ready()
      if (link.state.status !== 'attached') return
      await vscode.env.clipboard.writeText(link.state.url)
      void vscode.window.setStatusBarMessage(`Copied ${link.state.url}`, 4_000)
    },
    [COMMAND.attach]: () => link.again(),
  }
}

function subject(target: string | TreeEntry | undefined): string | undefined {
  return typeof target === 'object' ? target.subject : target
}

function askRunId(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Open a run',
    prompt: 'Its id: 32 hexadecimal digits, the trace id',
    validateInput: (text) =>
      /^[0-9a-f]{32}$/.test(text.trim()) ? undefined : 'A run’s id has 32 hexadecimal digits.',
  })
}

async function goToFeature(feature: string | undefined, index: CodeIndex): Promise<void> {
  if (feature === undefined) return
  const progress = {
    location: vscode.ProgressLocation.Window,
    title: `Looking for ${feature}`,
    cancellable: true,
  }
  const found = await vscode.window.withProgress(progress, (_, token) =>
    findDefinition(feature, index, token),
  )
  if (found === null) {
    const where = 'in this workspace by a literal id'
    void vscode.window.showInformationMessage(`defineFeature of ${feature} was not found ${where}.`)
    return
  }
  await vscode.window.showTextDocument(found.uri, { selection: found.range })
}
