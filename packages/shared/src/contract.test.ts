import { describe, expect, it } from 'vitest'
import * as names from './attributes.ts'
import { domainOf, type Step, tierOf } from './ladder.ts'
import { DEFAULT_LEVELS, LEVELS } from './level.ts'
import { FEEDBACK_MOMENTS, MOMENTS, RUN_MOMENTS } from './moment.ts'
import { formatPrompt, parsePrompt } from './prompt-reference.ts'
import { TRIAGE_REASONS } from './signal.ts'

describe('the default levels', () => {
  it('go from 5 to 1, and only the full one is not told', () => {
    expect(DEFAULT_LEVELS.map(({ level }) => level)).toEqual(LEVELS)
    expect(DEFAULT_LEVELS.filter(({ told }) => !told).map(({ name }) => name)).toEqual(['full'])
  })
})

describe('the moments', () => {
  it('are each named once, and each triage reason has its own', () => {
    expect(new Set(MOMENTS).size).toBe(MOMENTS.length)
    expect(MOMENTS).toHaveLength(RUN_MOMENTS.length + FEEDBACK_MOMENTS.length)
    for (const reason of TRIAGE_REASONS) expect(FEEDBACK_MOMENTS).toContain(`feedback.reasons.${reason}`)
  })
})

describe('a step', () => {
  const steps: [Step<never, never>, string | null, string | null][] = [
    [{ step: 'model', url: '/api' }, 'primary', '/api'],
    [{ step: 'model', url: '/api', tier: 'fast', domain: 'eu' }, 'fast', 'eu'],
    [{ step: 'cache', maxAgeMs: 1 }, null, null],
    [{ step: 'template', render: () => '' }, null, null],
    [{ step: 'omit' }, null, null],
  ]
  it.each(steps)('%j has the tier %s and the domain %s', (step, tier, domain) => {
    expect(tierOf(step)).toBe(tier)
    expect(domainOf(step)).toBe(domain)
  })
})

describe('a prompt', () => {
  it.each([
    ['draft-reply@3', { name: 'draft-reply', version: '3', hash: null }],
    ['draft-reply@3#a1b2', { name: 'draft-reply', version: '3', hash: 'a1b2' }],
  ])('%s is read and written', (text, prompt) => {
    expect(parsePrompt(text)).toEqual(prompt)
    expect(formatPrompt(prompt)).toBe(text)
  })

  it.each(['', 'draft-reply', '@3', 'a@', 'a@b@c', 'a@b#', '#a'])('%j is none', (text) => {
    expect(parsePrompt(text)).toBeNull()
  })
})

describe('the attribute names', () => {
  const all = Object.entries(names).flatMap(([group, value]) =>
    typeof value === 'object' ? Object.values(value).map((name) => [group, name] as const) : [],
  )

  it('are each used for one thing', () => {
    const seen = new Map<string, string>()
    for (const [group, name] of all) {
      // An event and an attribute may bear one name; two attributes may not.
      const key = group === 'EVENT' ? `event ${name}` : name
      expect(seen.get(key), `${name} stands in ${group}`).toBeUndefined()
      seen.set(key, group)
    }
  })

  it('are lower case and in a namespace', () => {
    for (const [group, name] of all) {
      if (group !== 'STAGE') expect(name).toMatch(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$/)
    }
  })
})
