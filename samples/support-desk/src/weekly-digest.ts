import { type AIRun, defineFeature, useAI } from '@evenkeel/client'
import { pickUpAfterReload } from '@evenkeel/client/reload'
import { useContext, useEffect, useMemo, useState } from 'react'
import { type KeptDigest, keepDigest, readDigest } from './kept-digest.ts'
import { type Language, LanguageContext } from './language.ts'

const URL = '/api/ai/weekly-digest'
const DAY_MS = 24 * 3600_000

export interface DigestInput {
  readonly language: Language['tag']
}

const weeklyDigest = defineFeature<DigestInput>({
  id: 'weekly-digest',
  interaction: 'asynchronous', // complete 20 s, given up after 60 s; goes on while the agent works elsewhere
  reserveLines: 12,
  ladder: [
    { step: 'model', url: URL },
    { step: 'model', url: URL, tier: 'fast' },
    { step: 'cache', maxAgeMs: 7 * DAY_MS },
    { step: 'omit' },
  ],
  levels: [
    { level: 5, name: 'full', startAt: 'model', told: false },
    { level: 3, name: 'short', startAt: { step: 'model', tier: 'fast' }, told: true },
    { level: 1, name: 'counts only', startAt: 'omit', told: true },
  ],
})

/** The digest of the desk: its run, and the last one that was written. */
export interface Digest {
  readonly run: AIRun<DigestInput>
  readonly kept: KeptDigest | null
  readonly write: () => void
}

/**
 * Held where the whole desk is, so that it goes on while tickets are read, and goes on after a reload. The
 * finished text is kept for the tab.
 */
export function useWeeklyDigest(): Digest {
  const language = useContext(LanguageContext).tag
  const run = useAI(weeklyDigest)
  const input = useMemo(() => ({ language }), [language])
  const [kept, setKept] = useState(readDigest)
  const { store, phase, outcome } = run

  useEffect(() => pickUpAfterReload(store, input, { entity: language }), [store, input, language])
  useEffect(() => {
    if (phase !== 'settled' || (outcome !== 'answered' && outcome !== 'degraded')) return
    setKept(keepDigest({ text: store.text, atEpochMs: Date.now() }))
  }, [phase, outcome, store])

  return { run, kept, write: () => void run.start(input) }
}
