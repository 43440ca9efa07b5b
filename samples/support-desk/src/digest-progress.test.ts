import type { Part } from '@evenkeel/client'
import { describe, expect, it } from 'vitest'
import { progressIn } from './digest-progress.ts'

const data = (value: unknown, name = 'progress'): Part => ({
  type: 'data',
  key: 'a',
  name,
  id: 'progress',
  data: value,
})

describe('progressIn', () => {
  it('finds how far a digest is among its other parts', () => {
    const text: Part = { type: 'text', key: 't', text: 'This week' }
    expect(progressIn([data({ stage: 'reading', done: 3, total: 12 }), text])).toEqual({
      stage: 'reading',
      done: 3,
      total: 12,
    })
  })

  it.each([
    ['another stage', { stage: 'dreaming', done: 1, total: 2 }],
    ['more done than there is', { stage: 'reading', done: 3, total: 2 }],
    ['no numbers', { stage: 'reading', done: '1', total: null }],
    ['nothing', null],
    ['a word', 'reading'],
  ])('takes %s for no word at all', (_, value) => {
    expect(progressIn([data(value)])).toBeNull()
  })

  it('knows nothing where nothing was said', () => {
    expect(progressIn([])).toBeNull()
    expect(progressIn([data({ stage: 'reading', done: 0, total: 1 }, 'other')])).toBeNull()
  })
})
