import { describe, expect, it } from 'vitest'
import { NO_FACTS } from './facts.ts'
import { withMetadata, withModel } from './server-facts.ts'

describe('withMetadata', () => {
  it('stays the same object where nothing is said', () => {
    expect(withMetadata(NO_FACTS, {})).toBe(NO_FACTS)
  })

  it('takes prompt, version and hash told apart', () => {
    expect(withMetadata(NO_FACTS, { prompt: 'draft', version: '3', hash: 'ab' }).triple.prompt).toEqual({
      name: 'draft',
      version: '3',
      hash: 'ab',
    })
  })

  it('takes them told together', () => {
    expect(withMetadata(NO_FACTS, { prompt: 'draft@3#ab' }).triple.prompt).toEqual({
      name: 'draft',
      version: '3',
      hash: 'ab',
    })
  })

  it('does not make up a version', () => {
    expect(withMetadata(NO_FACTS, { prompt: 'draft' }).triple.prompt?.version).toBe('unknown')
  })

  it('keeps what was said earlier and takes the later word', () => {
    const early = withModel(
      withMetadata(NO_FACTS, { prompt: 'draft@3', intent: 'refund', cold: true }),
      'm-1',
    )
    const late = withMetadata(early, { model: 'm', path: 'deep', context: 'c1', level: 3, cold: false })
    expect(late).toEqual({
      triple: {
        prompt: { name: 'draft', version: '3', hash: null },
        requestModel: 'm',
        responseModel: 'm-1',
        context: 'c1',
      },
      intent: 'refund',
      path: 'deep',
      cold: false,
      level: 3,
      resume: null,
    })
  })
})
