import { defineFeature } from '@evenkeel/shared'
import { virtual } from '@guidepup/virtual-screen-reader'
import { afterEach, describe, expect, it } from 'vitest'
import { render } from 'vitest-browser-react'
import { createScriptedRun } from '../testing/scripted-run.ts'
import { SpokenAnswer } from './spoken-answer.tsx'
import { StreamedText } from './streamed-text.tsx'

const draftReply = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
})

async function renderSpoken() {
  const run = createScriptedRun(draftReply)
  const screen = await render(
    <main>
      <StreamedText run={run} />
      <SpokenAnswer run={run} />
    </main>,
  )
  const said = () => [...screen.container.querySelectorAll('[role=log] > *')].map((line) => line.textContent)
  return { run, screen, said }
}

afterEach(() => virtual.stop())

describe('<SpokenAnswer>', () => {
  it('is heard sentence by sentence, in their order, and each once', async () => {
    const { run, screen } = await renderSpoken()
    await virtual.start({ container: screen.container })
    void run.start('a ticket')
    for (const word of 'Hi Anna. We return the money today. Thank you'.split(/(?<= )/)) {
      run.arrive(word)
      await nextFrame()
    }
    run.settle('answered')
    await nextFrame()
    await nextFrame()
    const heard = (await virtual.spokenPhraseLog()).filter((phrase) => /^polite: ./.test(phrase))
    expect(heard.filter((phrase, index) => phrase !== heard[index - 1])).toEqual([
      'polite: Writing an answer.',
      'polite: Hi Anna.',
      'polite: We return the money today.',
      'polite: The answer is ready.',
      'polite: Thank you',
    ])
  })

  it('keeps the region short, and empties it for the next answer', async () => {
    const { run, said } = await renderSpoken()
    void run.start('a ticket')
    run.arrive(Array.from({ length: 30 }, (_, index) => `Sentence ${index}.`).join(' '))
    run.settle()
    await nextFrame()
    expect(said().length).toBeLessThan(10)
    expect(said().at(-1)).toBe('Sentence 29.')
    void run.regenerate()
    await nextFrame()
    expect(said()).toEqual([])
    run.arrive('Another. One.')
    run.settle()
    await nextFrame()
    expect(said()).toEqual(['Another.', 'One.'])
  })

  it('says what takes the place of a partial answer from its start', async () => {
    const { run, said } = await renderSpoken()
    void run.start('a ticket')
    run.arrive('Half an ans')
    await nextFrame()
    run.replace('A template. It is whole.')
    run.settle('degraded')
    await nextFrame()
    expect(said()).toEqual(['A template.', 'It is whole.'])
  })

  it('says nothing of an answer that was there before it', async () => {
    const run = createScriptedRun(draftReply)
    void run.start('a ticket')
    run.arrive('Read already. And mo')
    const { container, unmount } = await render(<SpokenAnswer run={run} />)
    run.arrive('re. New.')
    run.settle()
    await nextFrame()
    expect(container.querySelector('[role=log]')?.textContent).toBe('re.New.')
    await unmount()
    expect(run.listenerCount).toBe(0)
  })

  it('is not seen', async () => {
    const { run, screen } = await renderSpoken()
    void run.start('a ticket')
    run.arrive('Hi Anna. Thank you.')
    run.settle()
    await nextFrame()
    const box = screen.container.querySelector('[role=log]')?.getBoundingClientRect()
    expect([box?.width, box?.height]).toEqual([1, 1])
  })
})

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}
