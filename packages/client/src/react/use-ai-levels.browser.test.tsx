import { defineFeature, type LevelSpec } from '@evenkeel/shared'
import { expect, it } from 'vitest'
import { render } from 'vitest-browser-react'
import { createMemoryHealthStorage } from '../health/health-storage.ts'
import { statusReply } from '../testing/replies.ts'
import { createTestEngine } from '../testing/test-engine.ts'
import { EvenkeelProvider } from './evenkeel-provider.tsx'
import { useAI } from './use-ai.ts'

type Can = 'tone' | 'length'

const LEVELS: readonly LevelSpec<Can>[] = [
  { level: 5, name: 'full', startAt: 'model', told: false, capabilities: ['tone', 'length'] },
  { level: 3, name: 'basic', startAt: 'model', told: true, capabilities: ['length'] },
]

const feature = defineFeature<string, string, Can>({
  id: 'with-levels',
  interaction: 'progressive',
  ladder: [
    { step: 'model', url: '/api/with-levels' },
    { step: 'template', render: () => 'Template.' },
  ],
  levels: LEVELS,
})

function Draft() {
  const run = useAI(feature)
  return (
    <section>
      <button type="button" onClick={() => run.start('x')}>
        Draft
      </button>
      {run.can('tone') && <p>tone</p>}
      {run.can('length') && <p>length</p>}
      <p>level {run.level}</p>
      {/* @ts-expect-error a capability that the feature does not have */}
      {run.can('colour') && <p>colour</p>}
    </section>
  )
}

it('offers what the level in force lists, in every place that asks the same server', async () => {
  const { engine, server, clock } = createTestEngine({ health: { storage: createMemoryHealthStorage() } })
  server.on('/api/with-levels', statusReply(503))
  const screen = await render(
    <EvenkeelProvider engine={engine}>
      <Draft />
      <Draft />
    </EvenkeelProvider>,
  )
  await expect.element(screen.getByText('tone').first()).toBeVisible()
  const [first] = screen.getByRole('button').all()
  for (let count = 0; count < 2; count += 1) {
    await first?.click()
    await clock.advance(500)
  }
  await expect.element(screen.getByText('tone')).not.toBeInTheDocument()
  expect(screen.getByText('length').all()).toHaveLength(2)
  // The run that has settled keeps its level; the idle one shows the level of the next.
  expect(
    screen
      .getByText(/^level/)
      .all()
      .map((level) => level.element().textContent),
  ).toEqual(['level 5', 'level 3'])
})
