import { defineFeature } from '@evenkeel/shared'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { useAI, useConversation, useRunObject, useRunParts } from '../index.ts'

const plan = defineFeature({
  id: 'plan',
  interaction: 'progressive',
  schema: z.object({ title: z.string() }),
  ladder: [{ step: 'model', url: '/api/ai/plan' }, { step: 'omit' }],
})

function Plan() {
  const run = useAI(plan)
  const conversation = useConversation()
  const title = useRunObject(run)?.title ?? 'none'
  return (
    <button type="button" onClick={() => void run.start('x', conversation.next())}>
      {title} {useRunParts(run).length}
    </button>
  )
}

describe('the hooks of parts, objects and conversations on a server', () => {
  it('render what a run has that was never started, the same each time, and draw no random id', () => {
    const random = vi.spyOn(crypto, 'getRandomValues')
    const markup = renderToString(<Plan />)
    expect(markup).toBe('<button type="button">none<!-- --> <!-- -->0</button>')
    expect(renderToString(<Plan />)).toBe(markup)
    expect(random).not.toHaveBeenCalled()
    random.mockRestore()
  })
})

describe('run.parts and run.object on a server', () => {
  it('are empty in every render, also once their code has come', async () => {
    function Reader() {
      const { parts, object } = useAI(plan)
      return (
        <p>
          {parts.length} {object?.title ?? 'none'}
        </p>
      )
    }
    const markup = renderToString(<Reader />)
    expect(markup).toBe('<p>0<!-- --> <!-- -->none</p>')
    await Promise.all([import('./read-on-demand.ts'), import('./live-content.ts')])
    for (let render = 0; render < 3; render += 1) expect(renderToString(<Reader />)).toBe(markup)
  })
})
