import { type Level, NO_TRIPLE, type Triple } from '@evenkeel/shared'

/** What the server has said of a run; the latest word counts. */
export interface ServerFacts {
  readonly triple: Triple
  readonly intent: string | null
  readonly path: string | null
  readonly cold: boolean | null
  readonly level: Level | null
  /** Where the answer in hand can be resumed. */
  readonly resume: string | null
}

export const NO_FACTS: ServerFacts = {
  triple: NO_TRIPLE,
  intent: null,
  path: null,
  cold: null,
  level: null,
  resume: null,
}
