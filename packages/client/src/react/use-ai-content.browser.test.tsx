import { defineFeature, type Feature } from '@evenkeel/shared'
import { StrictMode } from 'react'
import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import { z } from 'zod'
import type { Part } from '../render/parts/part.ts'
import type { Run } from '../run/run.ts'
import type { DeepPartial } from '../stream/object/deep-partial.ts'
import { createScriptedRun, type ScriptedRun } from '../testing/scripted-run.ts'
import { EngineContext, type RunMaker } from './context.ts'
import type { AIRun } from './run-slot.ts'
import { StreamedText } from './streamed-text.tsx'
import { useAI } from './use-ai.ts'

const LIST = z.object({ rows: z.array(z.object({ id: z.number() })) })
type List = z.infer<typeof LIST>

const list = defineFeature<string, List>({
  id: 'list',
  interaction: 'progressive',
  schema: LIST,
  ladder: [{ step: 'model', url: '/api/ai/list' }, { step: 'omit' }],
})
const chat = defineFeature<string>({
  id: 'chat',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/chat' }, { step: 'omit' }],
})

/** A component that draws what `draw` makes of its run, and counts how often. */
async function renderWith<Output>(
  feature: Feature<string, Output>,
  draw: (run: AIRun<string, Output>) => string,
) {
  const made: ScriptedRun[] = []
  const engine: RunMaker = {
    createRun<Input, Result>(of: Feature<Input, Result>): Run<Input, Result> {
      const run = createScriptedRun(of)
      made.push(run)
      return run
    },
  }
  const counts = { renders: 0 }
  function Drawn() {
    counts.renders += 1
    const run = useAI(feature)
    return (
      <>
        <p>{draw(run)}</p>
        <StreamedText run={run} />
      </>
    )
  }
  const screen = await render(
    <EngineContext.Provider value={engine}>
      <Drawn />
    </EngineContext.Provider>,
    { wrapper: StrictMode },
  )
  // StrictMode makes a second one and drops it.
  const run = made.find(({ listenerCount }) => listenerCount > 0)
  if (run === undefined) throw new Error('No run is listened to.')
  return { run, screen, shown: () => screen.container.querySelector('p')?.textContent, counts }
}

describe('what useAI gives of the content', () => {
  it('is the parts so far, drawn once a frame by whoever reads them', async () => {
    const { run, shown } = await renderWith(chat, ({ parts }) =>
      parts.map((part) => (part.type === 'text' ? part.text : part.type)).join('|'),
    )
    await vi.waitFor(() => expect(shown()).toBe(''))
    void run.start('x')
    run.arriveContent({ type: 'tool', id: 'c', name: 'find', state: 'input-available', input: {} })
    for (let token = 0; token < 50; token += 1) run.arrive('x')
    await vi.waitFor(() => expect(shown()).toBe(`tool|${'x'.repeat(50)}`))
    run.arrive('y')
    await vi.waitFor(() => expect(shown()).toBe(`tool|${'x'.repeat(50)}y`))
  })

  it('is the object so far, and the checked one in the render in which the run settles', async () => {
    const { run, shown } = await renderWith(list, ({ object, phase }) => `${phase} ${JSON.stringify(object)}`)
    void run.start('x')
    run.arriveContent({ type: 'text', id: '1', delta: '{"rows":[{"id":1},{"i' })
    await vi.waitFor(() => expect(shown()).toBe('streaming {"rows":[{"id":1},{}]}'))
    run.settle('answered', { output: { rows: [{ id: 1 }, { id: 2 }] } })
    await vi.waitFor(() => expect(shown()).toBe('settled {"rows":[{"id":1},{"id":2}]}'))
  })

  it('costs a component nothing that does not read it: it renders for the state alone', async () => {
    const { run, counts } = await renderWith(chat, ({ phase }) => phase)
    void run.start('x')
    for (let frame = 0; frame < 10; frame += 1) {
      run.arrive('word ')
      await nextFrame()
    }
    run.settle()
    await nextFrame()
    // Twice each under StrictMode: mounted, waiting, streaming, settled.
    expect(counts.renders).toBeLessThanOrEqual(8)
  })

  it('is listened to no more once its component has gone', async () => {
    const { run, screen, shown } = await renderWith(chat, ({ parts }) => String(parts.length))
    void run.start('x')
    run.arrive('One')
    await vi.waitFor(() => expect(shown()).toBe('1'))
    await screen.unmount()
    run.arrive(' more')
    await nextFrame()
    await nextFrame()
    expect(run.listenerCount).toBe(0)
  })

  it('is typed by the feature', () => {
    expectTypeOf<AIRun<string, List>['object']>().toEqualTypeOf<DeepPartial<List> | undefined>()
    expectTypeOf<AIRun<string, List>['parts']>().toEqualTypeOf<readonly Part[]>()
  })
})

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}
