import { defineFeature } from '@evenkeel/shared'
import { expect, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import { createScriptedRun } from '../testing/scripted-run.ts'
import { FeedbackBar } from './feedback-bar.tsx'

const network = vi.hoisted(() => ({ isCut: true, asked: 0 }))

vi.mock('./feedback-buttons.tsx', async (original) => {
  network.asked += 1
  if (network.isCut) throw new TypeError('Failed to fetch dynamically imported module')
  return original()
})

const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
})

it('keeps its place, and shows the answer without it, where what is in the bar cannot be loaded', async () => {
  const run = createScriptedRun(draftReply)
  const screen = await render(<FeedbackBar run={run} />)
  const bar = screen.getByRole('group', { includeHidden: true }).element()
  const heightPx = bar.getBoundingClientRect().height
  expect(heightPx).toBeGreaterThan(50)
  await expect.poll(() => network.asked).toBe(1)
  void run.start('a ticket')
  run.arrive('An answer.')
  run.settle('answered')
  await expect.poll(() => bar.getAttribute('data-evenkeel-available')).toBe('true')
  expect(bar.childElementCount).toBe(0)
  expect(bar.getBoundingClientRect().height).toBe(heightPx)
})
