import { describe, expect, it } from 'vitest'
import { createRefresher } from './refresher.ts'

function slowQuestion() {
  const open: (() => void)[] = []
  let asked = 0
  let overlapping = 0
  return {
    ask: async () => {
      asked += 1
      overlapping = Math.max(overlapping, open.length + 1)
      await new Promise<void>((resolve) => open.push(resolve))
    },
    answer: async () => {
      open.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    },
    asked: () => asked,
    overlapping: () => overlapping,
  }
}

describe('a refresher', () => {
  it('asks once more after an open question, however often it is told', async () => {
    const question = slowQuestion()
    const { refresh } = createRefresher(question.ask)
    const first = refresh()
    const second = refresh()
    const third = refresh()
    await question.answer()
    await first
    await question.answer()
    await Promise.all([second, third])
    expect(question.asked()).toBe(2)
    expect(question.overlapping()).toBe(1)
  })

  it('asks at once when nothing is open', async () => {
    const question = slowQuestion()
    const { refresh } = createRefresher(question.ask)
    const first = refresh()
    await question.answer()
    await first
    const second = refresh()
    await question.answer()
    await second
    expect(question.asked()).toBe(2)
  })

  it('asks again after a question that failed', async () => {
    let asked = 0
    const { refresh } = createRefresher(async () => {
      asked += 1
      if (asked === 1) throw new Error('gone')
    })
    const first = refresh()
    const second = refresh()
    await expect(first).rejects.toThrow('gone')
    await second
    expect(asked).toBe(2)
  })
})
