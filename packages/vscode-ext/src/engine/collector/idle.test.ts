import { describe, expect, it } from 'vitest'
import { createIdle } from './idle.ts'

function idleCollector() {
  const state = { nowMs: 1000, attached: 0 }
  const idle = createIdle(
    100,
    () => state.attached,
    () => state.nowMs,
  )
  return { state, idle }
}

describe('a collector that nobody needs', () => {
  it('is over after its idle time', () => {
    const { state, idle } = idleCollector()
    state.nowMs += 99
    expect(idle.isOver()).toBe(false)
    state.nowMs += 1
    expect(idle.isOver()).toBe(true)
  })

  it('is needed again by what comes in', () => {
    const { state, idle } = idleCollector()
    state.nowMs += 99
    idle.touch()
    state.nowMs += 99
    expect(idle.isOver()).toBe(false)
  })

  it('is never over while somebody is attached, and waits its time after', () => {
    const { state, idle } = idleCollector()
    state.attached = 1
    state.nowMs += 10_000
    expect(idle.isOver()).toBe(false)
    state.attached = 0
    state.nowMs += 99
    expect(idle.isOver()).toBe(false)
    state.nowMs += 1
    expect(idle.isOver()).toBe(true)
  })
})
