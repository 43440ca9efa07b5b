import { describe, expect, it } from 'vitest'
import { EVENKEEL, firstRunGz, MARKDOWN, worstFirstRunGz } from './first-run.ts'
import { LIMITS } from './limits.ts'
import { weigh } from './weigh.ts'

const [evenkeel, markdown] = await Promise.all(
  [EVENKEEL, MARKDOWN].map((source) => weigh(source, import.meta.dirname)),
)

describe('what a page downloads', () => {
  it.each([
    ['before it asks anything', 'first_load_gz', evenkeel?.firstLoadGz],
    [
      'until the record of its first run has left',
      'first_run_gz',
      evenkeel && firstRunGz(evenkeel, 'ai-sdk'),
    ],
    ['for its first run at worst', 'first_run_worst_gz', evenkeel && worstFirstRunGz(evenkeel)],
    ['for Markdown beside it', 'markdown_gz', markdown?.everythingGz],
  ] as const)('%s has not grown past %s', (_when, limit, bytes) => {
    expect(bytes).toBeGreaterThan(1_000)
    expect(bytes).toBeLessThanOrEqual(LIMITS[limit])
  })

  it.each([
    ['the check of definitions', 'shared/src/check-feature.ts'],
    ['what failures mean', 'shared/src/failure-meaning.ts'],
    ['the names of attributes', 'shared/src/attributes.ts'],
    ['the way to OTLP', 'shared/src/otlp/'],
    ['the readers', 'client/src/stream/'],
    ['the queue', 'client/src/telemetry/'],
    ['what is in a feedback bar', 'react/feedback-buttons'],
    ['how that looks', 'react/feedback-stylesheet'],
    ['what an attempt gives', 'run/answer-taking'],
    ['the words of the moments', 'notice'],
    ['the decks', 'shared/src/decks/'],
  ])('holds nothing of %s before it asks anything', (_what, path) => {
    expect(evenkeel?.firstLoadModules.filter((module) => module.includes(path))).toEqual([])
  })

  it('holds what it is meant to hold before it asks anything', () => {
    const modules = evenkeel?.firstLoadModules.join('\n')
    expect(modules).toContain('shared/src/define-feature.ts')
    expect(modules).toContain('client/src/react/streamed-text.tsx')
  })

  it('holds of the decks only the one that it imports', async () => {
    const { firstLoadModules } = await weigh(
      "export { de } from '@evenkeel/shared/decks'",
      import.meta.dirname,
    )
    expect(firstLoadModules.map((module) => module.split('/').at(-1))).toEqual(['de.ts'])
  })
})
