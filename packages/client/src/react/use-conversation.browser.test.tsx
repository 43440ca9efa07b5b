import { describe, expect, it } from 'vitest'
import { renderHook } from 'vitest-browser-react'
import { useConversation } from './use-conversation.ts'

describe('useConversation', () => {
  it('is the same conversation at every render, with the next turn each time', async () => {
    const { result, rerender } = await renderHook(() => useConversation())
    const { current } = result
    expect(current.next().turn).toBe(0)
    await rerender()
    expect(result.current).toBe(current)
    expect(current.next()).toEqual({ conversationId: current.id, turn: 1 })
  })

  it('is another one for another id', async () => {
    const { result, rerender } = await renderHook(
      (props?: { id: string; turn: number }) => useConversation(props?.id, props?.turn),
      { initialProps: { id: 'a', turn: 3 } },
    )
    expect(result.current.next()).toEqual({ conversationId: 'a', turn: 3 })
    await rerender({ id: 'b', turn: 0 })
    expect(result.current.next()).toEqual({ conversationId: 'b', turn: 0 })
  })
})
