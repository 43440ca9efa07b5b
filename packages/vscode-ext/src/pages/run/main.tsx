import '../theme.css'
import './run.css'
import './waterfall/waterfall.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Host } from '../host.ts'
import { createHttpHost } from '../http-host.ts'
import { createVsCodeHost, type VsCodeApi } from '../vscode-host.ts'
import { RunPage } from './run-page.tsx'

declare function acquireVsCodeApi(): VsCodeApi & { setState(state: unknown): void }

/**
 * In a webview the run is named by `<div id="root" data-run-id="…">`. In a plain browser it comes in
 * the fragment, which never leaves the machine: `#collector=http://127.0.0.1:PORT&token=…&run=…`.
 */
const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element with the id "root" to render into.')
const fragment = new URLSearchParams(location.hash.slice(1))
const runId = root.dataset.runId ?? fragment.get('run') ?? ''
createRoot(root).render(
  <StrictMode>
    <RunPage host={createHost()} runId={runId} />
  </StrictMode>,
)

function createHost(): Host {
  if (typeof acquireVsCodeApi === 'function') {
    const api = acquireVsCodeApi()
    // By this the editor opens the same run again after a reload of its window.
    api.setState({ runId })
    return createVsCodeHost(api, window)
  }
  return createHttpHost({
    collector: fragment.get('collector') ?? location.origin,
    token: fragment.get('token') ?? '',
    fetch: (input, init) => fetch(input, init),
    openRun(runId) {
      fragment.set('run', runId)
      location.hash = fragment.toString()
      location.reload()
    },
    copy: (text) => void navigator.clipboard.writeText(text),
  })
}
