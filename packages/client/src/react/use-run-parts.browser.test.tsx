import { defineFeature } from '@evenkeel/shared'
import { memo } from 'react'
import { describe, expect, it } from 'vitest'
import { render, renderHook } from 'vitest-browser-react'
import type { Part } from '../render/parts/part.ts'
import { createScriptedRun, type ScriptedRun } from '../testing/scripted-run.ts'
import { StreamedText } from './streamed-text.tsx'
import { useRunParts } from './use-run-parts.ts'

const chat = defineFeature<string>({
  id: 'chat',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/chat' }, { step: 'omit' }],
})

const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

interface PartViewProps {
  readonly part: Part
  readonly onRender: (key: string) => void
}

const PartView = memo(function PartView({ part, onRender }: PartViewProps) {
  onRender(part.key)
  return <p>{part.type === 'text' || part.type === 'reasoning' ? part.text : part.type}</p>
})

function Parts({ run, onPart }: { readonly run: ScriptedRun; readonly onPart: (key: string) => void }) {
  return useRunParts(run).map((part) => <PartView key={part.key} part={part} onRender={onPart} />)
}

describe('useRunParts', () => {
  it('renders the part that grows, once a frame, and no other', async () => {
    const run = createScriptedRun(chat)
    const renders = new Map<string, number>()
    const screen = await render(
      <Parts run={run} onPart={(key) => void renders.set(key, (renders.get(key) ?? 0) + 1)} />,
    )
    void run.start('x')
    run.arriveContent({ type: 'reasoning', id: 'r', delta: 'Hm.' })
    run.arriveContent({ type: 'tool', id: 'c', name: 'find', state: 'input-available', input: {} })
    await frame()
    for (let round = 0; round < 10; round += 1) {
      for (let token = 0; token < 100; token += 1) run.arrive('x')
      await frame()
    }
    run.settle()
    await frame()
    expect([...screen.container.querySelectorAll('p')].map((p) => p.textContent)).toEqual([
      'Hm.',
      'tool',
      'x'.repeat(1_000),
    ])
    expect(renders.get('0')).toBe(1)
    expect(renders.get('1')).toBe(1)
    expect(renders.get('2')).toBeLessThanOrEqual(11)
  })

  it('leaves the visible text to text: reasoning is not in it', async () => {
    const run = createScriptedRun(chat)
    const screen = await render(<StreamedText run={run} />)
    void run.start('x')
    run.arriveContent({ type: 'reasoning', id: 'r', delta: 'Secret thought.' })
    await frame()
    expect(screen.container.textContent).not.toContain('Secret')
    expect(run.state.phase).toBe('waiting')
    run.arrive('Hello')
    await frame()
    expect(screen.container.querySelector('.evenkeel-text')?.textContent).toBe('Hello')
  })

  it('listens to nothing after its component has gone', async () => {
    const run = createScriptedRun(chat)
    const { unmount, result } = await renderHook(() => useRunParts(run))
    expect(result.current).toEqual([])
    await unmount()
    expect(run.listenerCount).toBe(0)
  })
})
