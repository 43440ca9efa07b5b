import type { ControlsInForce, RunRecord, Triple } from '@evenkeel/shared'
import type { CacheOptions, Purge } from './cache-options.ts'
import type { KeptAnswer, KeptEntry } from './kept-answer.ts'
import { createMemoryAnswers } from './memory-answers.ts'
import { overflow } from './overflow.ts'
import { sha256 } from './sha-256.ts'
import { stableText } from './stable-text.ts'
import { type ArrivedEntry, isWorthKeeping } from './worth-keeping.ts'

/** What the cache needs of a feature. */
export interface CachedFeature<Input> {
  readonly id: string
  readonly cacheKey?: (input: Input) => string
  readonly tools?: Readonly<Record<string, unknown>>
}

/** What is asked. */
export interface Question<Input> {
  readonly feature: CachedFeature<Input>
  readonly input: Input
  readonly conversationId?: string
  readonly turn?: number
}

/** An answer as a run has it. */
export interface ArrivedAnswer {
  readonly entries: readonly ArrivedEntry[]
  readonly text: { readFrom(offset: number): string }
}

/** A kept answer that may be shown. */
export interface Recalled {
  readonly text: string
  readonly ageMs: number
  readonly triple: Triple
}

export interface CacheWorld {
  readonly scope: Pick<RunRecord, 'tenant' | 'user'>
  epochMs(): number
  setTimeout(callback: () => void, delayMs: number): () => void
  controlsOf(featureId: string): Pick<ControlsInForce, 'purge' | 'purgedAtEpochMs'>
  /** Called when controls may have changed. */
  onLevels(listener: () => void): unknown
  reportBug(where: string, error: unknown): void
}

export interface AnswerCache {
  /** The answer to this, or why there is none, in words for the record. It never rejects. */
  find<Input>(question: Question<Input>, maxAgeMs: number): Promise<Recalled | string>
  /** Keeps what a run gave, where it is worth keeping. */
  keep<Input>(question: Question<Input>, record: RunRecord, answer: ArrivedAnswer): void
  /** The server has said which prompt is in force now, be it with a failure. */
  name(featureId: string, prompt: Triple['prompt']): void
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

const BOUNDS = { maxEntries: 200, maxBytes: 2_000_000 }
/** A store that says nothing for so long is as good as an empty one: somebody is waiting for the next step. */
const LONGEST_READ_MS = 500
/** Raised when an answer is kept in another form, so that no page reads an old one wrong. */
const FORM = 1
const NOTHING = 'nothing kept'

/**
 * Settled answers of one tenant and user. What is kept under is a digest of scope, feature, prompt, entity,
 * place in the conversation and input. Of several prompt versions only answers of the one in force are
 * given: the last one that the server named in this page, else that of the newest answer kept. A version is
 * often taken back for what it said, and then nobody should hear it again.
 */
export function createAnswerCache(options: CacheOptions, world: CacheWorld): AnswerCache {
  const { store = createMemoryAnswers() } = options
  const bounds = { ...BOUNDS, ...options }
  const { tenant, user } = world.scope
  const scope = sha256(JSON.stringify([tenant, user]))
  // Without a user nobody could tell one from the next at the same browser.
  const isOpen = !store.outlivesPage || user !== null
  const named = new Map<string, string | null>()
  /** Features of which something may be kept. */
  const known = new Set<string>()
  /** What was said of them before this time is gone already. */
  const purgedUntil = new Map<string, number>()
  /** One after the other, so that what is purged is not written again by who came before. */
  let line: Promise<unknown> = Promise.resolve()

  function inLine<Result>(work: () => Promise<Result>, otherwise: Result): Promise<Result> {
    const done = line.then(work).catch((error: unknown) => {
      world.reportBug('the answer cache', error)
      return otherwise
    })
    line = done
    return done
  }

  async function purge(reason: Purge['reason'], isGone: (entry: KeptEntry) => boolean): Promise<void> {
    const keys = (await store.entries()).filter(isGone).map(({ key }) => key)
    if (keys.length === 0) return
    await store.remove(keys)
    options.onPurge?.({ reason, answers: keys.length })
  }

  /** What was said before a feature was switched off for it is not said again, be it switched on later. */
  function onLevels(): void {
    for (const id of known) {
      const { purge: isKilled, purgedAtEpochMs: at = 0 } = world.controlsOf(id)
      // A page that was closed meanwhile finds the feature on again, and learns since when.
      if (!isKilled && at <= (purgedUntil.get(id) ?? 0)) continue
      purgedUntil.set(id, at)
      if (isKilled) known.delete(id)
      const isBad = (entry: KeptEntry) => entry.feature === id && (isKilled || entry.madeAtEpochMs < at)
      void inLine(() => purge('killed', isBad), undefined)
    }
  }

  function keyOf<Input>(question: Question<Input>, version: string | null): string | null {
    const { feature, input, conversationId, turn } = question
    const text = stableText(input)
    if (text === null) return null
    const entity = feature.cacheKey?.(input)
    return sha256(
      JSON.stringify([FORM, tenant, user, feature.id, version, entity, conversationId, turn, text]),
    )
  }

  const isOurs = (entry: KeptEntry, featureId: string) => entry.scope === scope && entry.feature === featureId

  async function versionInForce(featureId: string): Promise<string | null> {
    const said = named.get(featureId)
    if (said !== undefined) return said
    const [newest] = (await store.entries())
      .filter((entry) => isOurs(entry, featureId))
      .toSorted((one, other) => other.madeAtEpochMs - one.madeAtEpochMs)
    return newest?.version ?? null
  }

  async function read<Input>(question: Question<Input>, maxAgeMs: number): Promise<Recalled | string> {
    const { id } = question.feature
    if (world.controlsOf(id).purge) return 'switched off for what it said'
    const key = keyOf(question, await versionInForce(id))
    if (key === null) return 'the input has no text of its own'
    const answer = await store.read(key)
    // Asked again, because the switch may have been thrown meanwhile.
    const { purge: isKilled, purgedAtEpochMs = 0 } = world.controlsOf(id)
    if (answer === null || !isOurs(answer, id) || isKilled) return NOTHING
    if (answer.madeAtEpochMs < purgedAtEpochMs) return NOTHING
    const ageMs = world.epochMs() - answer.madeAtEpochMs
    // One from the future was kept before the clock was set back: nobody knows how old it is.
    if (ageMs < 0 || ageMs > maxAgeMs) return 'what is kept is too old'
    return { text: answer.text, ageMs, triple: answer.triple }
  }

  async function write<Input>(question: Question<Input>, triple: Triple, text: string): Promise<void> {
    const { id } = question.feature
    const version = versionOf(triple.prompt)
    const key = keyOf(question, version)
    const sizeBytes = text.length * 2
    if (key === null || sizeBytes > bounds.maxBytes || world.controlsOf(id).purge) return
    const madeAtEpochMs = world.epochMs()
    const answer: KeptAnswer = { key, scope, feature: id, version, madeAtEpochMs, sizeBytes, triple, text }
    await store.write(answer)
    known.add(id)
    const over = overflow(await store.entries(), bounds)
    if (over.length > 0) await store.remove(over)
  }

  async function open(): Promise<void> {
    await purge('scope', (entry) => entry.scope !== scope)
    for (const { feature } of await store.entries()) known.add(feature)
    onLevels()
  }

  if (isOpen) void inLine(open, undefined)
  world.onLevels(onLevels)

  return {
    find(question, maxAgeMs) {
      if (!isOpen) return Promise.resolve('nothing is kept without a user')
      return new Promise((resolve) => {
        const cancel = world.setTimeout(() => resolve('the store did not answer'), LONGEST_READ_MS)
        void inLine(() => read(question, maxAgeMs), NOTHING).then((found) => {
          cancel()
          resolve(found)
        })
      })
    },
    keep(question, record, { entries, text }) {
      if (!isOpen || !isWorthKeeping(record, entries, question.feature.tools)) return
      named.set(record.feature, versionOf(record.triple.prompt))
      const whole = text.readFrom(0)
      void inLine(() => write(question, record.triple, whole), undefined)
    },
    name(featureId, prompt) {
      if (prompt !== null) named.set(featureId, versionOf(prompt))
    },
    async idle() {
      for (let last: unknown = null; last !== line; ) {
        last = line
        await line
      }
    },
  }
}

// Not with the contract's own words for a prompt: a module that a page's first load has too would be a request of its own.
function versionOf(prompt: Triple['prompt']): string | null {
  return prompt && JSON.stringify([prompt.name, prompt.version, prompt.hash])
}
