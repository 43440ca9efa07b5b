import { type ControlsInForce, type Deck, NO_CONTROLS } from '@evenkeel/shared'
import { de } from '@evenkeel/shared/decks'
import { describe, expect, it } from 'vitest'
import { createTestEngine } from '../testing/test-engine.ts'
import type { EngineOptions } from './engine.ts'
import { featureForTests } from './feature.test.kit.ts'
import { wordsFrom } from './words-from.ts'

describe('where the words of a moment come from', () => {
  it.each<[string, Deck | undefined, ReturnType<typeof wordsFrom>]>([
    ['no deck', undefined, { deck: null }],
    ['a deck without the moment', { waiting: 'x' }, { deck: null }],
    ['a deck of a locale', { limited: 'x', locale: 'de' }, { deck: 'draft-reply/de' }],
    ['a deck of no locale', { limited: 'x' }, { deck: 'draft-reply' }],
    ['a deck with an id', { limited: 'x', locale: 'de', id: 'ours' }, { deck: 'ours' }],
    ['a deck that is silent', { limited: null, locale: 'de' }, { deck: 'draft-reply/de', silent: true }],
    ['words for this level', { limited: null, 'limited.3': 'x' }, { deck: 'draft-reply' }],
    ['silence at this level', { limited: 'x', 'limited.3': null }, { deck: 'draft-reply', silent: true }],
    ['silence at another level', { limited: 'x', 'limited.2': null }, { deck: 'draft-reply' }],
  ])('is told of %s', (_what, deck, from) => {
    expect(wordsFrom('draft-reply', 'limited', 3, deck)).toEqual(from)
  })

  it("is the operator's notice during an incident, but for the disclosure", () => {
    expect(wordsFrom('draft-reply', 'slow', 5, de, 'We are on it.')).toEqual({ deck: 'draft-reply.notice' })
    expect(wordsFrom('draft-reply', 'disclosure', 5, de, 'We are on it.')).toEqual({ deck: 'draft-reply/de' })
  })
})

describe('a record', () => {
  const feature = featureForTests({ id: 'told', ladder: [{ step: 'template', render: () => 'Hello.' }] })
  const momentsWith = async (options: EngineOptions) => {
    const { engine } = createTestEngine(options)
    const { moments } = await engine.createRun(feature).start('a ticket')
    return moments.map(({ atMs: _, ...said }) => said)
  }

  it('names the deck of every moment, and where it was silent', async () => {
    expect(await momentsWith({ deck: { ...de, template: null } })).toEqual([
      { moment: 'waiting', deck: 'told/de' },
      { moment: 'template', deck: 'told/de', silent: true },
    ])
  })

  it('says that the words were the default ones', async () => {
    expect(await momentsWith({})).toEqual([
      { moment: 'waiting', deck: null },
      { moment: 'template', deck: null },
    ])
  })

  it("says that an operator's words were in force", async () => {
    const inForce: ControlsInForce = { ...NO_CONTROLS, notice: 'We are on it.' }
    const controls = { of: () => inForce, onChange: () => () => {} }
    expect(await momentsWith({ deck: de, controls })).toEqual([
      { moment: 'waiting', deck: 'told.notice' },
      { moment: 'template', deck: 'told.notice' },
    ])
  })
})
