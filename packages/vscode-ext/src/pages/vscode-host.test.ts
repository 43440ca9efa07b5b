import { describe, expect, it, vi } from 'vitest'
import type { PageMessage } from '../engine/contract.ts'
import { AskError } from './host.ts'
import { createVsCodeHost } from './vscode-host.ts'

function createWebview() {
  const sent: PageMessage[] = []
  const heard: ((event: { readonly data: unknown }) => void)[] = []
  const host = createVsCodeHost(
    { postMessage: (message) => sent.push(message) },
    { addEventListener: (_type, listener) => heard.push(listener) },
  )
  const tell = (data: unknown) => {
    for (const listener of heard) listener({ data })
  }
  return { host, sent, tell }
}

describe('a page in a webview', () => {
  it('asks by message and gets the body that carries its id', async () => {
    const { host, sent, tell } = createWebview()
    const first = host.ask('/v1/questions/run', { runId: 'a' })
    const second = host.ask('/v1/questions/run', { runId: 'b' })
    expect(sent).toEqual([
      { type: 'ask', id: 1, path: '/v1/questions/run', query: { runId: 'a' } },
      { type: 'ask', id: 2, path: '/v1/questions/run', query: { runId: 'b' } },
    ])
    tell({ type: 'answer', id: 2, ok: true, body: 'b' })
    tell({ type: 'answer', id: 1, ok: true, body: 'a' })
    await expect(first).resolves.toBe('a')
    await expect(second).resolves.toBe('b')
  })

  it('turns a refused question into an error with its hint and status', async () => {
    const { host, tell } = createWebview()
    const asked = host.ask('/v1/questions/run', { runId: 'a' })
    tell({ type: 'answer', id: 1, ok: false, error: { error: 'No such run.', hint: 'Widen.' }, status: 404 })
    const error = await asked.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AskError)
    expect(error).toMatchObject({ message: 'No such run.', hint: 'Widen.', status: 404 })
  })

  it('says that the status is not known where the extension gave none', async () => {
    const { host, tell } = createWebview()
    const asked = host.ask('/healthz', {})
    tell({ type: 'answer', id: 1, ok: false, error: { error: 'Gone.', hint: 'Reload.' } })
    await expect(asked).rejects.toMatchObject({ status: null })
  })

  it('hears changes until it unsubscribes', () => {
    const { host, tell } = createWebview()
    const listener = vi.fn()
    const stop = host.onChange(listener)
    const change = { features: ['draft-reply'], runs: 1, signals: 0 }
    tell({ type: 'change', change })
    stop()
    tell({ type: 'change', change })
    expect(listener.mock.calls).toEqual([[change]])
  })

  it.each([null, 'text', 4, {}, { type: 'answer' }, { type: 'other' }, { type: 'answer', id: 99, ok: true }])(
    'is not disturbed by the message %j',
    async (stray) => {
      const { host, tell } = createWebview()
      const asked = host.ask('/healthz', {})
      expect(() => tell(stray)).not.toThrow()
      tell({ type: 'answer', id: 1, ok: true, body: 'still here' })
      await expect(asked).resolves.toBe('still here')
    },
  )

  it('passes commands on', () => {
    const { host, sent } = createWebview()
    host.openRun('r')
    host.revealFeature?.('draft-reply')
    host.copy('text')
    expect(sent).toEqual([
      { type: 'openRun', runId: 'r' },
      { type: 'revealFeature', feature: 'draft-reply' },
      { type: 'copy', text: 'text' },
    ])
  })
})
