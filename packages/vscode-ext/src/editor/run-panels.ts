import { randomBytes } from 'node:crypto'
import * as vscode from 'vscode'
import type { HostMessage, PageMessage } from '../engine/contract.ts'
import { answerPage } from './answer-page.ts'
import { COMMAND, RUN_PANEL } from './ids.ts'
import { createLifetime, type Lifetime } from './lifetime.ts'
import { readPageMessage } from './page-message.ts'
import { runPageHtml } from './run-page-html.ts'
import type { WorkspaceLink } from './workspace-link.ts'

export interface RunPanels {
  /** Shows the run: in the panel that has it, else in the one that was opened last, else in a new one. */
  open(runId: string, aside?: boolean): void
  /** Every message between pages and us, for tests. */
  readonly onMessage: vscode.Event<PageMessage | HostMessage>
}

interface Shown {
  readonly panel: vscode.WebviewPanel
  runId: string
}

/** How many digits of a run's id tell it from the others in a tab's title. */
const SHORT = 7
const RUN_ID = /^[0-9a-f]{32}$/

/** The pages that show one run each. */
export function registerRunPanels(lifetime: Lifetime, link: WorkspaceLink, extension: vscode.Uri): RunPanels {
  const messages = lifetime.own(new vscode.EventEmitter<PageMessage | HostMessage>())
  const pages = vscode.Uri.joinPath(extension, 'dist', 'pages')
  const media = (name: string): vscode.Uri => vscode.Uri.joinPath(extension, 'media', name)
  const icon = { light: media('evenkeel-light.svg'), dark: media('evenkeel-dark.svg') }
  const shown: Shown[] = []
  lifetime.ownEnd(() => {
    for (const { panel } of [...shown]) panel.dispose()
  })

  const show = (entry: Shown, runId: string): void => {
    const { panel } = entry
    entry.runId = runId
    panel.title = `Run ${runId.slice(0, SHORT)}`
    panel.iconPath = icon
    panel.webview.html = runPageHtml({
      runId,
      nonce: randomBytes(18).toString('base64url'),
      script: panel.webview.asWebviewUri(vscode.Uri.joinPath(pages, 'run.js')).toString(),
      styles: panel.webview.asWebviewUri(vscode.Uri.joinPath(pages, 'run.css')).toString(),
      source: panel.webview.cspSource,
    })
  }

  const adopt = (panel: vscode.WebviewPanel, runId: string): void => {
    const entry: Shown = { panel, runId }
    const own = createLifetime()
    const post = (message: HostMessage): void => {
      messages.fire(message)
      void panel.webview.postMessage(message)
    }
    panel.webview.options = { enableScripts: true, localResourceRoots: [pages] }
    own.own(
      panel.webview.onDidReceiveMessage(async (data: unknown) => {
        const message = readPageMessage(data)
        if (message === null) return
        messages.fire(message)
        if (message.type !== 'ask') return act(message)
        await link.ready()
        const source = link.state.status === 'attached' ? link.state.source : null
        const answer = await answerPage(source, message)
        if (!own.over) post(answer)
      }),
    )
    own.ownEnd(link.onChange((change) => post({ type: 'change', change })))
    own.ownEnd(
      // What a page asked in vain it asks again once there is somebody to answer.
      link.onState(({ status }) => {
        if (status === 'attached') post({ type: 'change', change: { features: [], runs: 0, signals: 0 } })
      }),
    )
    own.own(
      panel.onDidDispose(() => {
        shown.splice(shown.indexOf(entry), 1)
        own.dispose()
      }),
    )
    shown.push(entry)
    link.need()
    show(entry, runId)
  }

  const open = (runId: string, aside = false): void => {
    const same = shown.find((entry) => entry.runId === runId)
    const last = shown.at(-1)
    if (same !== undefined) return same.panel.reveal()
    if (last !== undefined && !aside) {
      show(last, runId)
      return last.panel.reveal()
    }
    const column = aside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active
    adopt(vscode.window.createWebviewPanel(RUN_PANEL, 'Run', column), runId)
  }

  lifetime.own(
    vscode.window.registerWebviewPanelSerializer(RUN_PANEL, {
      async deserializeWebviewPanel(panel, state: unknown) {
        const runId = runIdOf(state)
        if (runId === null) panel.dispose()
        else adopt(panel, runId)
      },
    }),
  )
  return { open, onMessage: messages.event }
}

function act(message: Exclude<PageMessage, { type: 'ask' }>): void {
  switch (message.type) {
    case 'openRun':
      return void vscode.commands.executeCommand(COMMAND.openRun, message.runId)
    case 'revealFeature':
      return void vscode.commands.executeCommand(COMMAND.goToFeature, message.feature)
    case 'copy':
      return void vscode.env.clipboard.writeText(message.text)
  }
}

/** What the page kept with `setState`, from before the window was reloaded. */
function runIdOf(state: unknown): string | null {
  const runId = typeof state === 'object' && state !== null && 'runId' in state ? state.runId : null
  return typeof runId === 'string' && RUN_ID.test(runId) ? runId : null
}
