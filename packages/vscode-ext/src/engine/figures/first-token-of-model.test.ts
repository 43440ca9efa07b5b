import { describe, expect, it } from 'vitest'
import { anAttempt } from '../testing/run.ts'
import { firstTokenOfModel } from './first-token-of-model.ts'

const FAILED = anAttempt({ failure: 'http.server', firstTokenMs: null })
const BROKE_OFF = anAttempt({ failure: 'truncated', firstTokenMs: 300 })
const TEMPLATE = anAttempt({ step: 'template', tier: null, firstTokenMs: 900 })
const CACHED = anAttempt({ step: 'cache', tier: null, firstTokenMs: 905 })
const MISSED = anAttempt({ step: 'cache', tier: null, failure: 'empty', firstTokenMs: null })
const OMITTED = anAttempt({ step: 'omit', tier: null, firstTokenMs: null })

describe('the first token of a model', () => {
  it.each([
    ['the answer was a model\u2019s', [anAttempt({ firstTokenMs: 320 })], 320],
    ['another model answered', [FAILED, anAttempt({ tier: 'fast', firstTokenMs: 700 })], 700],
    ['a model was read until it broke off, and then a template', [BROKE_OFF, TEMPLATE], 300],
    ['what was read of a model stayed', [BROKE_OFF], 300],
    ['no attempt has arrived', [], 320],
    ['the attempt that answered has not arrived', [FAILED, MISSED], 320],
  ] as const)('is that of the run where %s', (_, attempts, firstTokenMs) => {
    expect(firstTokenOfModel({ firstTokenMs, attempts })).toBe(firstTokenMs)
  })

  it.each([
    ['the first words were a template\u2019s', [FAILED, MISSED, TEMPLATE], 900],
    ['the first words were of an earlier answer', [FAILED, CACHED], 905],
    ['nothing was shown', [FAILED, OMITTED], null],
  ] as const)('is none where %s', (_, attempts, firstTokenMs) => {
    expect(firstTokenOfModel({ firstTokenMs, attempts })).toBeNull()
  })
})
