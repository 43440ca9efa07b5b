import { NO_TRIPLE } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import type { AnswerStore, KeptAnswer } from './kept-answer.ts'

export const keptAnswer = (over: Partial<KeptAnswer> = {}): KeptAnswer => ({
  key: 'k1',
  scope: 's1',
  feature: 'draft-reply',
  version: 'draft@1',
  madeAtEpochMs: Date.now(),
  sizeBytes: 10,
  triple: NO_TRIPLE,
  text: 'Hello',
  ...over,
})

/** What every store of answers does. */
export function describeAnswerStore(name: string, open: () => AnswerStore): void {
  describe(name, () => {
    it('gives back what was written, under its key alone', async () => {
      const store = open()
      const answer = keptAnswer({ text: 'ä \u0000 😀\n' })
      await store.write(answer)
      expect(await store.read('k1')).toEqual(answer)
      expect(await store.read('k2')).toBeNull()
    })

    it('puts an answer in the place of the one before it', async () => {
      const store = open()
      await store.write(keptAnswer())
      await store.write(keptAnswer({ text: 'Hi' }))
      expect((await store.read('k1'))?.text).toBe('Hi')
      expect(await store.entries()).toHaveLength(1)
    })

    it('lists what it has of every scope and feature, and removes what it is told', async () => {
      const store = open()
      await store.write(keptAnswer())
      await store.write(keptAnswer({ key: 'k2', scope: 's2' }))
      await store.write(keptAnswer({ key: 'k3', feature: 'summary' }))
      await store.remove(['k1', 'k3', 'not there'])
      expect((await store.entries()).map(({ key, scope }) => [key, scope])).toEqual([['k2', 's2']])
      expect(await store.read('k1')).toBeNull()
    })

    it('begins with nothing', async () => {
      expect(await open().entries()).toEqual([])
    })
  })
}
