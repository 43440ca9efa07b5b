import * as vscode from 'vscode'
import type { TreeEntry } from './tree-entry.ts'

/** What a view lists, and when that changes. */
export interface TreeSource {
  /** Somebody looks. */
  opened(): void
  /** `null` while a first answer is on its way: the view shows that it is loading. */
  entries(): readonly TreeEntry[] | null
  subscribe(listener: () => void): () => void
}

export interface EntryProvider extends vscode.TreeDataProvider<TreeEntry> {
  getChildren(entry?: TreeEntry): Promise<TreeEntry[]>
  getTreeItem(entry: TreeEntry): vscode.TreeItem
  dispose(): void
}

/** Relative times grow old while nothing happens. */
const TICK_MS = 30_000

/** Shows plain entries as VS Code's tree. */
export function createEntryProvider(source: TreeSource): EntryProvider {
  const changed = new vscode.EventEmitter<undefined>()
  const unsubscribe = source.subscribe(() => changed.fire(undefined))
  const tick = setInterval(() => changed.fire(undefined), TICK_MS)
  return {
    onDidChangeTreeData: changed.event,
    async getChildren(entry) {
      if (entry !== undefined) return [...(entry.children ?? [])]
      source.opened()
      return [...(source.entries() ?? (await firstEntries(source)))]
    },
    getTreeItem: treeItem,
    getParent: () => undefined,
    dispose() {
      clearInterval(tick)
      unsubscribe()
      changed.dispose()
    },
  }
}

function firstEntries(source: TreeSource): Promise<readonly TreeEntry[]> {
  return new Promise((resolve) => {
    const unsubscribe = source.subscribe(() => {
      const entries = source.entries()
      if (entries === null) return
      unsubscribe()
      resolve(entries)
    })
  })
}

function treeItem(entry: TreeEntry): vscode.TreeItem {
  const item = new vscode.TreeItem(entry.label, collapsible(entry))
  item.id = entry.id
  item.description = entry.description
  item.tooltip = new vscode.MarkdownString(entry.tooltip)
  item.contextValue = entry.kind
  item.accessibilityInformation = { label: entry.spoken }
  const color = entry.icon.color === undefined ? undefined : new vscode.ThemeColor(entry.icon.color)
  item.iconPath = new vscode.ThemeIcon(entry.icon.name, color)
  if (entry.command !== undefined) {
    const { id, title, args } = entry.command
    item.command = { command: id, title, arguments: [...args] }
  }
  return item
}

function collapsible({ open }: TreeEntry): vscode.TreeItemCollapsibleState {
  if (open === undefined) return vscode.TreeItemCollapsibleState.None
  return open === 'expanded'
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed
}
