import { defineFeature, RUN_MOMENTS } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { render } from 'vitest-browser-react'
import { createScriptedRun } from '../testing/scripted-run.ts'
import { Notice } from './notice.tsx'
import { NOTICE_WORDS } from './notice-words.ts'

const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
})

describe('<Notice>', () => {
  it.each(RUN_MOMENTS)('has plain words for the moment %s', async (moment) => {
    const run = createScriptedRun(draftReply)
    const screen = await render(<Notice run={run} />)
    run.show({ moment })
    const words = moment === 'cached' ? NOTICE_WORDS['cached.plain'] : NOTICE_WORDS[moment]
    await expect.element(screen.getByRole('status')).toHaveTextContent(words)
    expect(words).toMatch(/^[A-Z][^!]+\.$/)
  })

  it("says the product's words, and nothing where it says null", async () => {
    const run = createScriptedRun(draftReply)
    const screen = await render(<Notice run={run} words={{ slow: 'Still on it.', disclosure: null }} />)
    run.show({ moment: 'slow' })
    await expect.element(screen.getByRole('status')).toHaveTextContent('Still on it.')
    run.show({ moment: 'disclosure' })
    await expect.element(screen.getByRole('status')).toHaveTextContent('')
  })

  it('takes one line, whether it speaks or not', async () => {
    const run = createScriptedRun(draftReply)
    const screen = await render(<Notice run={run} />)
    const heightPx = () => screen.getByRole('status').element().getBoundingClientRect().height
    const silentPx = heightPx()
    expect(silentPx).toBeGreaterThan(0)
    run.show({ moment: 'slow' })
    await expect.element(screen.getByRole('status')).toHaveTextContent('This takes longer than usual.')
    expect(heightPx()).toBe(silentPx)
  })
})
