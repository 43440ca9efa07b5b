import { describe, expect, it, vi } from 'vitest'
import { createAttachments } from './attachments.ts'

describe('attachments', () => {
  it('count connections, and others than the asker', () => {
    const attachments = createAttachments(() => {})
    attachments.add('a')
    attachments.add('b')
    attachments.add(undefined)
    expect(attachments.size).toBe(3)
    expect(attachments.others('a')).toBe(2)
    expect(attachments.others('nobody')).toBe(3)
    expect(attachments.others(undefined)).toBe(3)
  })

  it('end once each', () => {
    const onDetach = vi.fn()
    const attachments = createAttachments(onDetach)
    const detach = attachments.add('a')
    attachments.add('a')
    detach()
    detach()
    expect(attachments.size).toBe(1)
    expect(onDetach).toHaveBeenCalledOnce()
  })
})
