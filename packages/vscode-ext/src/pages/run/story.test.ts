import { OUTCOMES } from '@evenkeel/shared'
import { describe, expect, it } from 'vitest'
import { createAttempt, createLongRun, createRun, createRunFixtures, createTinyRun } from './fixtures.ts'
import { storyOf } from './story.ts'

const fixtures = createRunFixtures(0)

describe('the story of a run', () => {
  it.each([
    ['answered', fixtures.answered.run, 'The primary model answered after 2.9 s.'],
    [
      'degraded',
      fixtures.degraded.run,
      'The primary model failed after 811 ms (http.server). The template answered after 814 ms. The first token was 314 ms over its budget.',
    ],
    [
      'omitted',
      fixtures.omitted.run,
      'The fast model failed after 2 ms (offline). Nothing was shown in its place; the run settled after 3 ms.',
    ],
    [
      'late',
      fixtures.late.run,
      'The primary model answered after 18 s. The first token was 1.1 s over its budget. The whole answer was 13 s over its budget.',
    ],
    [
      'hedged',
      fixtures.hedged.run,
      'A hedge to the fast tier began after 1.5 s and was first to answer. The fast model answered after 3.4 s. The first token was 1.4 s over its budget.',
    ],
    ['capped', createTinyRun(0).run, 'The level was 1, so nothing was shown.'],
  ])('that was %s', (_, run, story) => {
    expect(storyOf(run)).toBe(story)
  })

  it('of many failures counts them instead of telling each', () => {
    expect(storyOf(createLongRun(0, 6).run)).toContain(
      '5 attempts failed (http.rate-limit × 2, network, provider, timeout.stall).',
    )
  })

  it('of a hedge that lost says so, and blames nobody', () => {
    const run = createRun({
      settledMs: 2_000,
      completeMs: 2_000,
      attempts: [
        createAttempt({ endedMs: 2_000, firstTokenMs: 400 }),
        createAttempt({ startedMs: 1_500, endedMs: 2_000, tier: 'fast', hedge: true, failure: 'aborted' }),
      ],
    })
    expect(storyOf(run)).toBe(
      'A hedge to the fast tier began after 1.5 s and lost the race. The primary model answered after 2.0 s.',
    )
  })

  it.each(OUTCOMES)('has an ending for %s', (outcome) => {
    const story = storyOf(createRun({ outcome, attempts: [], settledMs: 800, answerLength: 1 }))
    expect(story).toMatch(/^[A-Z].*\.$/)
    expect(story).not.toMatch(/undefined|null|NaN/)
  })

  it('says one character and not one characters', () => {
    const run = createRun({ outcome: 'incomplete', attempts: [], answerLength: 1 })
    expect(storyOf(run)).toBe('A partial answer of 1 character stayed.')
  })
})
