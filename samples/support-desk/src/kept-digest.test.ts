import { describe, expect, it } from 'vitest'
import { keepDigest, readDigest } from './kept-digest.ts'

function storeWith(value: string | null = null) {
  let kept = value
  return {
    getItem: () => kept,
    setItem: (_key: string, text: string) => {
      kept = text
    },
  }
}

describe('a kept digest', () => {
  it('is read as it was kept', () => {
    const store = storeWith()
    expect(readDigest(store)).toBeNull()
    keepDigest({ text: '# Week', atEpochMs: 7 }, store)
    expect(readDigest(store)).toEqual({ text: '# Week', atEpochMs: 7 })
  })

  it.each(['{', '7', '{"text":""}', '{"text":"a"}', '{"text":1,"atEpochMs":2}'])(
    'is none where the store holds %s',
    (value) => {
      expect(readDigest(storeWith(value))).toBeNull()
    },
  )

  it('is none in a browser that forbids storage, and nothing breaks', () => {
    const forbidden = {
      getItem: () => {
        throw new Error('forbidden')
      },
      setItem: () => {
        throw new Error('forbidden')
      },
    }
    expect(readDigest(forbidden)).toBeNull()
    expect(keepDigest({ text: 'a', atEpochMs: 1 }, forbidden).text).toBe('a')
    expect(readDigest(null)).toBeNull()
  })
})
