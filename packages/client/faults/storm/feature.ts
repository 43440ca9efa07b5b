import { defineFeature, type RunRecord } from '@evenkeel/shared'

/** What the server says in an answer, and in one that violates the schema. */
export const ANSWER_TEXT = '{"ok":true}'
export const VIOLATION_TEXT = '{"ok":"no"}'

/** One model behind one URL, in two tiers, and a template beneath. */
export const FEATURE = defineFeature<string, { readonly ok: boolean }>({
  id: 'storm',
  interaction: 'progressive',
  ladder: [
    { step: 'model', url: '/api/storm' },
    { step: 'model', url: '/api/storm', tier: 'fast' },
    { step: 'template', render: () => ({ ok: false }) },
    { step: 'omit' },
  ],
  schema: {
    '~standard': {
      version: 1,
      vendor: 'storm',
      validate: (value) =>
        (value as { ok?: unknown }).ok === true
          ? { value: { ok: true } }
          : { issues: [{ message: 'not ok', path: ['ok'] }] },
    },
  },
})

/** One run, as far as the storm looks at it. */
export interface RunLog {
  readonly client: number
  readonly startMs: number
  readonly endMs: number
  readonly level: number
  readonly by: RunRecord['levelBy']
  readonly requests: number
  readonly answeredBy: 'model' | 'template' | 'nobody'
  /** Of each attempt at a model, whether it was made or not; `null` for the answer. */
  readonly failures: readonly (string | null)[]
}

/** One request, as the server saw it. */
export interface RequestLog {
  readonly client: number
  readonly run: number
  readonly nth: number
  readonly tier: string
  readonly atMs: number
  /** `null` where it never ended. */
  readonly endMs: number | null
  readonly isGood: boolean
  readonly retryAfterS: number | null
}
