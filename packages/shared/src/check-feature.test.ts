import { describe, expect, it } from 'vitest'
import { checkFeature } from './check-feature.ts'

const right = {
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/api/ai/draft-reply' }, { step: 'omit' }],
}
const withModel = (step: object) => ({ ladder: [{ step: 'model', url: '/api', ...step }, { step: 'omit' }] })

describe('a definition', () => {
  it.each([
    ['the least', {}],
    [
      'every kind of step',
      {
        idempotent: true,
        ladder: [
          { step: 'model', url: 'https://api.shop.example/ai' },
          { step: 'model', url: '/api/ai', tier: 'fast', hedge: true },
          { step: 'cache', maxAgeMs: 1 },
          { step: 'template', render: (): string => '' },
          { step: 'omit' },
        ],
      },
    ],
    ['a ladder that ends in a template', { ladder: [{ step: 'template', render: (): string => '' }] }],
    ['a ladder of nothing', { ladder: [{ step: 'omit' }] }],
    ['no first-token budget', { budget: { firstTokenMs: null, completeMs: 3_000 } }],
    [
      'budgets by intent, path and level',
      {
        budget: { byIntent: { a: { completeMs: 1 } }, byPath: { b: {} }, byLevel: { 3: { giveUpMs: 2 } } },
      },
    ],
    [
      'two levels',
      {
        levels: [
          { level: 5, name: 'full', startAt: 'model', told: false },
          { level: 2, name: 'basic', startAt: { step: 'model', tier: 'fast' }, told: true },
        ],
      },
    ],
    ['a former id', { formerly: ['reply'] }],
    [
      "an own API in somebody's cloud",
      withModel({ url: 'https://abc.execute-api.eu-west-1.amazonaws.com/ai' }),
    ],
    ['an own host that only sounds like a provider', withModel({ url: 'https://notopenai.com/v1' })],
    ['a provider in the path', withModel({ url: '/proxy/https://api.openai.com/v1' })],
  ])('with %s is right', (_what, change) => {
    expect(checkFeature({ ...right, ...change })).toEqual([])
  })

  it.each([
    ['id', { id: undefined }, 'missing'],
    ['id', { id: 'Draft Reply' }, "'draft-reply'"],
    ['id', { id: 'draft--reply' }, 'hyphens'],
    ['id', { id: 7 }, 'not 7'],
    ['formerly', { formerly: 'reply' }, 'list'],
    ['formerly[1]', { formerly: ['reply', 'Reply'] }, "'Reply'"],
    ['interaction', { interaction: 'streaming' }, "'synchronous', 'progressive' or 'asynchronous'"],
    ['interaction', { interaction: undefined }, 'missing'],
    ['ladder', { ladder: undefined }, 'list of steps'],
    ['ladder', { ladder: [] }, "{ step: 'omit' }"],
    ['ladder', { ladder: [{ step: 'model', url: '/api' }] }, 'has no end'],
    ['ladder', { ladder: [{ step: 'cache', maxAgeMs: 1 }] }, "its last step is 'cache'"],
    ['ladder[1]', { ladder: [{ step: 'omit' }, { step: 'template', render: () => '' }] }, 'never be reached'],
    ['ladder[0]', { ladder: ['omit'] }, "not 'omit'"],
    ['ladder[0].step', { ladder: [{ step: 'prayer' }] }, "'model', 'cache', 'template' or 'omit'"],
    ['ladder[0].url', withModel({ url: '' }), 'your own endpoint'],
    ['ladder[0].url', withModel({ url: undefined }), 'missing'],
    ['ladder[0].tier', withModel({ tier: '' }), "'fast'"],
    ['ladder[0].maxAgeMs', { ladder: [{ step: 'cache', maxAgeMs: 0 }, { step: 'omit' }] }, 'positive'],
    ['ladder[0].render', { ladder: [{ step: 'template', render: 'Hi' }] }, 'function'],
    ['budget', { budget: 500 }, 'milliseconds'],
    ['budget.firstTokenMs', { budget: { firstTokenMs: -1 } }, 'not -1'],
    ['budget.completeMs', { budget: { completeMs: null } }, 'not null'],
    ['budget.giveUpMs', { budget: { giveUpMs: Number.POSITIVE_INFINITY } }, 'Infinity'],
    ['budget.stallMs', { budget: { stallMs: '10s' } }, "'10s'"],
    ['budget.hedgeAfterMs', { budget: { hedgeAfterMs: {} } }, 'an object'],
    ['budget.byIntent', { budget: { byIntent: [] } }, 'object of budgets'],
    ['budget.byIntent.refund.completeMs', { budget: { byIntent: { refund: { completeMs: 0 } } } }, 'not 0'],
    ['budget.byLevel.3', { budget: { byLevel: { 3: 1 } } }, 'milliseconds'],
    ['levels', { levels: [] }, 'highest first'],
    ['levels[0].level', { levels: [{ level: 6 }] }, 'from 1 to 5'],
    ['levels[0].level', { levels: [null] }, 'missing'],
    ['levels[0].startAt', { levels: [{ level: 5, startAt: 'top' }] }, "'model'"],
    ['levels[0].startAt', { levels: [{ level: 5, startAt: { step: 'cache', tier: 'fast' } }] }, 'an object'],
    [
      'levels[1].level',
      {
        levels: [
          { level: 3, startAt: 'model' },
          { level: 3, startAt: 'omit' },
        ],
      },
      'highest first',
    ],
    ['onUnmount', { onUnmount: 'keep' }, "'abort' or 'detach'"],
    ['whenKilled', { whenKilled: 'later' }, "'stop' or 'finish'"],
    ['mode', { mode: 'off' }, "'enforce' or 'observe'"],
    ['reserveLines', { reserveLines: 1.5 }, 'whole number'],
    ['ladder[0].hedge', withModel({ hedge: true }), 'idempotent: true'],
    ['hedgeShare', { hedgeShare: 5 }, 'from 0 to 1'],
    ['cacheKey', { cacheKey: 'id' }, 'a function'],
    ['tools', { tools: { now: 'a clock' } }, 'functions by the names'],
  ])('is wrong at %s', (field, change, says) => {
    const problems = checkFeature({ ...right, ...change })
    expect(problems).toHaveLength(1)
    expect(problems[0]?.field).toBe(field)
    expect(problems[0]?.message).toContain(says)
    expect(problems[0]?.message).toMatch(/\.$/)
  })

  it.each([undefined, null, 7, 'draft-reply', []])('that is %j is no definition', (spec) => {
    expect(checkFeature(spec)).toMatchObject([{ field: 'feature' }])
  })

  it('has all its problems named at once, in the order of its fields', () => {
    const fields = checkFeature({
      id: '',
      interaction: '',
      ladder: [{ step: 'model' }, { step: 'cache' }],
      budget: { stallMs: 0 },
      mode: '',
    }).map(({ field }) => field)
    expect(fields).toEqual([
      'id',
      'interaction',
      'ladder[0].url',
      'ladder[1].maxAgeMs',
      'budget.stallMs',
      'mode',
    ])
  })
})

describe('a URL of a model provider', () => {
  it.each([
    'https://api.openai.com/v1/chat/completions',
    'HTTPS://API.OPENAI.COM/v1',
    '//api.anthropic.com/v1/messages',
    'https://user:key@api.mistral.ai/v1',
    'https://api.openai.com./v1',
    'https://api.openai.com:443/v1',
    'https://us-central1-aiplatform.googleapis.com/v1',
    'https://generativelanguage.googleapis.com/v1beta',
    'https://bedrock-runtime.us-east-1.amazonaws.com/model',
    'https://me.openai.azure.com/openai',
    'https://openrouter.ai/api',
  ])('is refused, because keys stay on the server: %s', (url) => {
    expect(checkFeature({ ...right, ...withModel({ url }) })).toMatchObject([
      { field: 'ladder[0].url', message: expect.stringContaining('Keys and prompts stay on the server') },
    ])
  })
})
