import type { Triple } from '@evenkeel/shared'

/** What is known of a kept answer without reading it. */
export interface KeptEntry {
  /** A digest of everything that the answer belongs to; no word of the input is in it. */
  readonly key: string
  /** A digest of the tenant and user that it was made for. */
  readonly scope: string
  readonly feature: string
  /** Name, version and hash of the prompt as the server said them; `null` where it said none. */
  readonly version: string | null
  readonly madeAtEpochMs: number
  readonly sizeBytes: number
}

/** An answer as it is kept. */
export interface KeptAnswer extends KeptEntry {
  /** Which prompt and model made it, so that whatever is said of it later counts for them. */
  readonly triple: Triple
  /** The words, or the JSON of a structured answer. */
  readonly text: string
}

/**
 * Where answers are kept. Any method may reject: then nothing is found and nothing kept, and the run goes on.
 */
export interface AnswerStore {
  /** It keeps them past the page, so only for a user who is known. */
  readonly outlivesPage: boolean
  read(key: string): Promise<KeptAnswer | null>
  /** Takes the place of what was there under the key. */
  write(answer: KeptAnswer): Promise<void>
  remove(keys: readonly string[]): Promise<void>
  /** All of them, of every scope. */
  entries(): Promise<readonly KeptEntry[]>
}
