import { defineFeature } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { renderHook } from 'vitest-browser-react'
import { createScriptedRun } from '../testing/scripted-run.ts'
import { useRunText } from './use-run-text.ts'

const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
})

describe('useRunText', () => {
  it('renders once a frame, with all that arrived in it', async () => {
    const run = createScriptedRun(draftReply)
    const seen: string[] = []
    await renderHook(() => seen.push(useRunText(run)))
    void run.start('a ticket')
    for (const word of ['one ', 'two ', 'three ']) run.arrive(word)
    await nextFrame()
    run.arrive('four')
    run.settle()
    await nextFrame()
    expect(seen).toEqual(['', 'one two three ', 'one two three four'])
  })

  it('starts with the text that is there', async () => {
    const run = createScriptedRun(draftReply)
    void run.start('a ticket')
    run.arrive('Already here')
    const { result } = await renderHook(() => useRunText(run))
    expect(result.current).toBe('Already here')
  })

  it('listens to nothing after its component has gone', async () => {
    const run = createScriptedRun(draftReply)
    const { unmount } = await renderHook(() => useRunText(run))
    expect(run.listenerCount).toBe(1)
    await unmount()
    expect(run.listenerCount).toBe(0)
  })
})

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}
