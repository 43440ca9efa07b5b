import type { Change, HostMessage, PageMessage } from '../engine/contract.ts'
import { AskError, type Host } from './host.ts'

/** What `acquireVsCodeApi()` returns, as far as a page uses it. */
export interface VsCodeApi {
  postMessage(message: PageMessage): void
  /** Kept by the editor over a reload of its window. */
  setState(state: unknown): void
}

/** What the page listens on: the window in a webview. */
export interface MessageSource {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
}

interface Pending {
  readonly resolve: (body: unknown) => void
  readonly reject: (error: AskError) => void
}

/**
 * A host over `postMessage`. The extension asks the collector on the page's behalf, so that the page
 * needs neither a token nor the network.
 */
export function createVsCodeHost(api: Pick<VsCodeApi, 'postMessage'>, messages: MessageSource): Host {
  const pending = new Map<number, Pending>()
  const listeners = new Set<(change: Change) => void>()
  let lastId = 0

  messages.addEventListener('message', ({ data }) => {
    if (!isHostMessage(data)) return
    if (data.type === 'change') {
      for (const listener of listeners) listener(data.change)
      return
    }
    const asked = pending.get(data.id)
    pending.delete(data.id)
    if (data.ok) asked?.resolve(data.body)
    else asked?.reject(new AskError(data.error, data.status ?? null))
  })

  return {
    ask<T>(path: string, query: Readonly<Record<string, string>>) {
      lastId += 1
      const id = lastId
      return new Promise<T>((resolve, reject) => {
        // The contract gives each path its answer; the extension passes the collector's body on as it is.
        pending.set(id, { resolve: (body) => resolve(body as T), reject })
        api.postMessage({ type: 'ask', id, path, query })
      })
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    openRun: (runId) => api.postMessage({ type: 'openRun', runId }),
    revealFeature: (feature) => api.postMessage({ type: 'revealFeature', feature }),
    copy: (text) => api.postMessage({ type: 'copy', text }),
  }
}

/** A webview's window also hears other scripts' messages; ours are told by their type. */
function isHostMessage(data: unknown): data is HostMessage {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false
  return data.type === 'change' || (data.type === 'answer' && 'id' in data && 'ok' in data)
}
