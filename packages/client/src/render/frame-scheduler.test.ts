import { describe, expect, it, vi } from 'vitest'
import { createFrameScheduler, type FrameHost } from './frame-scheduler.ts'

/** A page whose frames and timers come when the test says. */
function createPage() {
  let handles = 0
  const frames = new Map<number, () => void>()
  const timers = new Map<number, { callback: () => void; delayMs: number }>()
  const errors: unknown[] = []
  let hidden = false
  const host: FrameHost = {
    requestFrame(callback) {
      frames.set(++handles, callback)
      return handles
    },
    cancelFrame: (handle) => frames.delete(handle),
    setTimer(callback, delayMs) {
      timers.set(++handles, { callback, delayMs })
      return handles
    },
    clearTimer: (handle) => timers.delete(handle),
    isHidden: () => hidden,
    onError: (error) => errors.push(error),
  }
  return {
    host,
    errors,
    timers,
    waiting: () => frames.size + timers.size,
    hide: () => {
      hidden = true
    },
    frame() {
      const due = [...frames.values()]
      frames.clear()
      for (const callback of due) callback()
    },
    timer() {
      const due = [...timers.values()]
      timers.clear()
      for (const { callback } of due) callback()
    },
  }
}

describe('the frame scheduler', () => {
  it('runs a task once in a frame, however often it was asked for', () => {
    const page = createPage()
    const frames = createFrameScheduler(page.host)
    const task = vi.fn()
    frames.schedule(task)
    frames.schedule(task)
    expect(task).not.toHaveBeenCalled()
    page.frame()
    expect(task).toHaveBeenCalledTimes(1)
    page.frame()
    expect(task).toHaveBeenCalledTimes(1)
  })

  it('flushes all surfaces in one frame callback', () => {
    const page = createPage()
    const frames = createFrameScheduler(page.host)
    const request = vi.spyOn(page.host, 'requestFrame')
    const tasks = [vi.fn(), vi.fn(), vi.fn()]
    for (const task of tasks) frames.schedule(task)
    page.frame()
    expect(request).toHaveBeenCalledTimes(1)
    for (const task of tasks) expect(task).toHaveBeenCalledTimes(1)
  })

  it('runs what is scheduled during a flush in the next one', () => {
    const page = createPage()
    const frames = createFrameScheduler(page.host)
    const task = vi.fn(() => {
      if (task.mock.calls.length < 3) frames.schedule(task)
    })
    frames.schedule(task)
    page.frame()
    expect(task).toHaveBeenCalledTimes(1)
    page.frame()
    page.frame()
    page.frame()
    expect(task).toHaveBeenCalledTimes(3)
  })

  it('flushes by a timer where frames are paused, and only once', () => {
    const page = createPage()
    page.hide()
    const frames = createFrameScheduler(page.host)
    const task = vi.fn()
    frames.schedule(task)
    page.timer()
    expect(task).toHaveBeenCalledTimes(1)
    page.frame()
    expect(task).toHaveBeenCalledTimes(1)
    expect(page.waiting()).toBe(0)
  })

  it('waits longer for a frame in a page that can be seen', () => {
    const page = createPage()
    const frames = createFrameScheduler(page.host)
    const task = vi.fn()
    const delayOf = () => {
      frames.schedule(task)
      const [delayMs] = [...page.timers.values()].map((timer) => timer.delayMs)
      page.timer()
      return delayMs ?? Number.NaN
    }
    const seen = delayOf()
    page.hide()
    expect(delayOf()).toBeLessThan(seen)
  })

  it('leaves no frame and no timer behind', () => {
    const page = createPage()
    const frames = createFrameScheduler(page.host)
    const task = vi.fn()
    frames.schedule(task)
    page.frame()
    expect(page.waiting()).toBe(0)
    frames.schedule(task)
    frames.cancel(task)
    expect(page.waiting()).toBe(0)
    page.frame()
    expect(task).toHaveBeenCalledTimes(1)
  })

  it('keeps the frame of the others when one task is cancelled', () => {
    const page = createPage()
    const frames = createFrameScheduler(page.host)
    const [kept, cancelled] = [vi.fn(), vi.fn()]
    frames.schedule(kept)
    frames.schedule(cancelled)
    frames.cancel(cancelled)
    page.frame()
    expect(kept).toHaveBeenCalledTimes(1)
    expect(cancelled).not.toHaveBeenCalled()
  })

  it('reports what a task throws and runs the others', () => {
    const page = createPage()
    const frames = createFrameScheduler(page.host)
    const after = vi.fn()
    const defect = new Error('a defect')
    frames.schedule(() => {
      throw defect
    })
    frames.schedule(after)
    page.frame()
    expect(page.errors).toEqual([defect])
    expect(after).toHaveBeenCalledTimes(1)
  })
})
