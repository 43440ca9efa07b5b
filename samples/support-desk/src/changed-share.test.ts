import { expect, it } from 'vitest'
import { changedShare } from './changed-share.ts'

const sorted = { topic: 'billing', urgency: 'high', language: 'en' } as const

it.each([
  ['nothing', {}, 0],
  ['what was there already', { topic: 'billing' }, 0],
  ['one field', { topic: 'data' }, 1 / 3],
  ['one field, and another as it was', { topic: 'data', urgency: 'high' }, 1 / 3],
  ['all fields', { topic: 'data', urgency: 'low', language: 'de' }, 1],
] as const)('a hand that set %s', (_what, byHand, share) => {
  expect(changedShare(sorted, byHand)).toBe(share)
})
