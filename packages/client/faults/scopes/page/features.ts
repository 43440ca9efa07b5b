import { defineFeature } from '@evenkeel/client/core'

const BUDGET = { firstTokenMs: 8_000, completeMs: 20_000, giveUpMs: 30_000, stallMs: 15_000 }
const HOUR_MS = 3_600_000

/** A short answer that is kept. */
export const draft = defineFeature<string>({
  id: 'draft',
  interaction: 'progressive',
  budget: BUDGET,
  ladder: [{ step: 'model', url: '/api/draft' }, { step: 'cache', maxAgeMs: HOUR_MS }, { step: 'omit' }],
})

/** A long answer that can be resumed. */
export const letter = defineFeature<string>({
  id: 'letter',
  interaction: 'progressive',
  budget: BUDGET,
  ladder: [{ step: 'model', url: '/api/letter' }, { step: 'omit' }],
})

/** An answer that goes on when nobody looks, and is kept. */
export const memo = defineFeature<string>({
  id: 'memo',
  interaction: 'progressive',
  budget: BUDGET,
  onUnmount: 'detach',
  ladder: [{ step: 'model', url: '/api/memo' }, { step: 'cache', maxAgeMs: HOUR_MS }, { step: 'omit' }],
})

export const FEATURES = { draft, letter, memo }
