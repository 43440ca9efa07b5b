import { createEngine, createRun, defineFeature, type Engine, type Run } from '@evenkeel/client/core'
import { recordSignal, referenceOf, trackEdits } from '@evenkeel/client/feedback'
import { createRedactor } from '@evenkeel/client/redact'
import { z } from 'zod'
import { ANSWER_WORDS, COMMENT, KEPT_WORD, PERSONAL, PROMPT } from './words.ts'

/** What the driver can have the page do. */
export interface Product {
  /** Everything that a user can do with answers, while nothing of them is to be kept. */
  useEverything(foreignOrigin: string): Promise<void>
  /** One comment, where comments are kept through a redactor. */
  commentRedacted(): Promise<void>
}

const BUDGET = { firstTokenMs: 5_000, completeMs: 10_000, giveUpMs: 20_000, stallMs: 10_000 }
const TEMPLATE = { step: 'template', render: (input: string) => `We have read: ${input}` } as const

const feature = (id: string, url: string, spec: object = {}) =>
  defineFeature<string>({
    id,
    interaction: 'progressive',
    budget: BUDGET,
    ladder: [{ step: 'model', url }, TEMPLATE, { step: 'omit' }],
    ...spec,
  })

async function ask(engine: Engine, ...which: Parameters<typeof feature>): Promise<Run<string>> {
  const run = createRun(feature(...which), engine)
  await run.start(PROMPT)
  return run
}

const settings = { environment: 'faults', service: 'redaction', health: false } as const

async function useEverything(foreignOrigin: string): Promise<void> {
  const engine = createEngine({ ...settings, tenant: 'acme', user: 'u-1', route: '/tickets/:id' })
  const answered = await ask(engine, 'answered', '/api/answer')
  answered.signal('thumbs', { value: -1, reasons: ['hallucination'], comment: COMMENT })
  answered.signal('report', { comment: COMMENT })
  answered.signal('copy')
  await trackEdits(answered, `${answered.text} ${PROMPT}`).accept()
  await answered.regenerate()
  for (const path of ['quoting', 'refusing', 'cut', 'broken', 'html', 'garbage', 'busy']) {
    const run = await ask(engine, path, `/api/${path}`)
    run.signal('thumbs', { value: -1, comment: COMMENT })
  }
  await ask(engine, 'elsewhere', `${foreignOrigin}/api/answer`)
  // A schema that the answer does not pass, asked twice, with what was wrong. Some of its keys are the answer's own words.
  const people = z.record(z.string(), z.object({ age: z.number() }))
  const schema = z.object({ title: z.string().max(3), body: z.number(), people })
  await createRun(
    defineFeature({
      id: 'structured',
      interaction: 'progressive',
      budget: BUDGET,
      schema,
      idempotent: true,
      ladder: [{ step: 'model', url: '/api/structured' }, { step: 'omit' }],
    }),
    engine,
  ).start(PROMPT)
  const throwing = {
    step: 'template',
    render: () => {
      throw new Error(PROMPT)
    },
  }
  await ask(engine, 'throwing', '/api/busy', {
    ladder: [{ step: 'model', url: '/api/busy' }, throwing, { step: 'omit' }],
  })
  const stopped = createRun(feature('stopped', '/api/slow'), engine)
  const settled = stopped.start(PROMPT)
  setTimeout(() => stopped.stop(), 150)
  const record = await settled
  recordSignal(referenceOf(record), 'thumbs', { value: 1, comment: COMMENT }, engine)
  await engine.flush()
  await engine.dispose()
}

async function commentRedacted(): Promise<void> {
  const redact = createRedactor({ own: [{ label: 'name', find: new RegExp(ANSWER_WORDS[0]) }] })
  const engine = createEngine({ ...settings, content: 'redacted', redact })
  const run = await ask(engine, 'commented', '/api/answer')
  run.signal('report', { comment: `${KEPT_WORD}: ${PERSONAL.join(' or ')}, says ${ANSWER_WORDS[0]}` })
  await engine.flush()
  await engine.dispose()
}

Object.assign(globalThis, { product: { useEverything, commentRedacted } satisfies Product })
