import { describe, expect, it, vi } from 'vitest'
import { createLifetime } from './lifetime.ts'

describe('a lifetime', () => {
  it('ends what it owns, last come first', () => {
    const ended: string[] = []
    const lifetime = createLifetime()
    lifetime.own({ dispose: () => ended.push('first') })
    lifetime.ownEnd(() => ended.push('second'))
    lifetime.dispose()
    expect(ended).toEqual(['second', 'first'])
  })

  it('ends each thing once', () => {
    const end = vi.fn()
    const lifetime = createLifetime()
    lifetime.ownEnd(end)
    lifetime.dispose()
    lifetime.dispose()
    expect(end).toHaveBeenCalledTimes(1)
  })

  it('ends at once what comes too late', () => {
    const end = vi.fn()
    const lifetime = createLifetime()
    lifetime.dispose()
    lifetime.ownEnd(end)
    expect(end).toHaveBeenCalledTimes(1)
    expect(lifetime.over).toBe(true)
  })

  it('ends the rest where one cannot end, and says which', () => {
    const end = vi.fn()
    const lifetime = createLifetime()
    lifetime.ownEnd(end)
    lifetime.ownEnd(() => {
      throw new Error('stuck')
    })
    expect(() => lifetime.dispose()).toThrow(AggregateError)
    expect(end).toHaveBeenCalledTimes(1)
  })
})
