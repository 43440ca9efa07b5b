import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metadataFromObject, parseMetadata } from './evenkeel-header.ts'
import { formatAttempt } from './format-attempt.ts'
import { formatMetadata } from './format-metadata.ts'
import { parseAttempt } from './parse-attempt.ts'
import type { ServerMetadata } from './wire.ts'

const everything: ServerMetadata = {
  prompt: 'draft-reply',
  version: '3',
  hash: 'a1b2c3',
  model: 'gpt-5.2-2026-01-15',
  intent: 'refund',
  path: 'rag/v2',
  context: 'ctx:91',
  cold: false,
  level: 4,
  resume: '/api/ai/resume/7?from=1',
  failed: 'model',
}
const RUN = '0af7651916cd43dd8448eb211c80319c'

describe('the evenkeel response header', () => {
  it('says every fact as an RFC 9651 dictionary', () => {
    expect(formatMetadata(everything)).toBe(
      'prompt="draft-reply", version="3", hash="a1b2c3", model="gpt-5.2-2026-01-15", intent="refund", ' +
        'path="rag/v2", context="ctx:91", cold=?0, level=4, resume="/api/ai/resume/7?from=1", failed="model"',
    )
  })

  it('is read back as it was written', () => {
    expect(parseMetadata(formatMetadata(everything))).toEqual(everything)
  })

  it('is read back as it was written, whatever the texts, and stays within ASCII', () => {
    const text = fc.string({ minLength: 1, unit: 'binary' })
    const metadata = fc.record(
      {
        prompt: text,
        version: text,
        context: text,
        cold: fc.boolean(),
        level: fc.integer({ min: 1, max: 5 }),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(metadata, (said) => {
        const header = formatMetadata(said)
        expect(header).toMatch(/^[\x20-\x7e]*$/)
        expect(parseMetadata(header)).toEqual(said)
      }),
    )
  })

  it('carries words of any language and control characters as display strings', () => {
    expect(formatMetadata({ intent: 'Rückfrage' })).toBe('intent=%"R%c3%bcckfrage"')
    expect(formatMetadata({ intent: 'a\nb' })).toBe('intent=%"a%0ab"')
    expect(parseMetadata('intent=%"a%0ab"')).toEqual({ intent: 'a\nb' })
  })

  it('takes tokens for texts and a bare key for true, as other servers write them', () => {
    expect(parseMetadata('failed=model, cold, version=v3;since=1')).toEqual({
      failed: 'model',
      cold: true,
      version: 'v3',
    })
  })

  it('ignores members that it does not know', () => {
    expect(parseMetadata('prompt="a", colour="blue", list=(1 2)')).toEqual({ prompt: 'a' })
  })

  it.each([
    ['a number where a text belongs', 'version=3'],
    ['a text where a flag belongs', 'cold="yes"'],
    ['a level out of range', 'level=6'],
    ['a level between two', 'level=2.5'],
    ['a list where a text belongs', 'prompt=("a" "b")'],
    ['bytes where a text belongs', 'prompt=:aGVsbG8=:'],
    ['a date where a text belongs', 'prompt=@1659578233'],
    ['an empty text', 'prompt=""'],
    ['a text longer than any name', `prompt="${'x'.repeat(3000)}"`],
  ])('ignores %s and keeps the rest', (_what, member) => {
    expect(parseMetadata(`model="m", ${member}`)).toEqual({ model: 'm' })
  })

  it.each([
    null,
    '',
    '   ',
    ',',
    '=',
    'prompt="open',
    'prompt=%"%zz"',
    'Prompt="a"',
    'a=?2',
    '\u0000',
    'prompt="é"',
  ])('reads %j as nothing said', (header) => {
    expect(parseMetadata(header)).toEqual({})
  })

  it('never throws, whatever the header', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('prompt', '=', '"', '%"', '%', ',', ';', '(', ')', ':', '@', '?1', '\\'),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(typeof parseMetadata(pieces.join(''))).toBe('object')
      }),
    )
  })

  it('writes nothing where nothing is said', () => {
    expect(formatMetadata({})).toBe('')
  })

  it('cannot be split into two headers by a text', () => {
    expect(formatMetadata({ prompt: 'a\r\nset-cookie: b' })).not.toMatch(/[\r\n]/)
  })
})

describe('metadata in the stream', () => {
  it('is the same facts from an object', () => {
    expect(metadataFromObject({ ...everything, extra: 1 })).toEqual(everything)
  })

  it.each([null, undefined, 'prompt', 7, [], { prompt: 7, cold: 'yes', level: '4', model: null }])(
    'says nothing in %j',
    (value) => {
      expect(metadataFromObject(value)).toEqual({})
    },
  )

  it('never throws, whatever was in the stream', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(typeof metadataFromObject(value)).toBe('object')
      }),
    )
  })
})

describe('the evenkeel-attempt request header', () => {
  it('is read back as it was written', () => {
    const attempt = { run: RUN, step: 'model', tier: 'fast' }
    expect(formatAttempt(attempt)).toBe(`run="${RUN}", step="model", tier="fast"`)
    expect(parseAttempt(formatAttempt(attempt))).toEqual(attempt)
  })

  it.each([
    ['missing', null],
    ['malformed', 'run="'],
    ['without a run', 'step="model", tier="fast"'],
    ['without a tier', `run="${RUN}", step="model"`],
    ['with a run that is no trace id', 'run="42", step="model", tier="fast"'],
    ['with a run in capitals', `run="${RUN.toUpperCase()}", step="model", tier="fast"`],
    ['with a tier that is no text', `run="${RUN}", step="model", tier=1`],
  ])('is nothing where it is %s', (_what, header) => {
    expect(parseAttempt(header)).toBeNull()
  })
})
