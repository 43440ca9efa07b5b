import { describe, expect, it } from 'vitest'
import type { StreamEvent } from './event.ts'
import { createUsageTotal } from './usage-total.ts'

function setUp() {
  const told: (readonly [number | null, number | null])[] = []
  const usage = createUsageTotal((event: StreamEvent) => {
    if (event.type === 'usage') told.push([event.usage.inputTokens, event.usage.outputTokens])
  })
  return { usage, told }
}

describe('createUsageTotal', () => {
  it('is not taken back by a gateway that leaves a figure at 0', () => {
    const { usage, told } = setUp()
    usage.report({ inputTokens: 9, outputTokens: 1 })
    usage.report({ inputTokens: 0, outputTokens: 4 })
    expect(told.at(-1)).toEqual([9, 4])
  })

  it('lets the larger figure stand, and a missing one be', () => {
    const { usage, told } = setUp()
    usage.report({ inputTokens: 9, outputTokens: 1 })
    usage.report({ inputTokens: null, outputTokens: 4 })
    expect(told).toEqual([
      [9, 1],
      [9, 4],
    ])
  })

  it('says nothing where nothing changed', () => {
    const { usage, told } = setUp()
    usage.report({ inputTokens: null, outputTokens: null })
    usage.report({ inputTokens: 9, outputTokens: 4 })
    usage.report({ inputTokens: 9, outputTokens: 4 })
    expect(told).toEqual([[9, 4]])
  })

  it('adds up the responses of one body', () => {
    const { usage, told } = setUp()
    usage.report({ inputTokens: 9, outputTokens: 4 })
    usage.nextResponse()
    usage.report({ inputTokens: 10, outputTokens: null })
    usage.report({ inputTokens: 10, outputTokens: 5 })
    expect(told).toEqual([
      [9, 4],
      [19, 4],
      [19, 9],
    ])
  })
})
