import type { Change, RunAnswer } from '../../engine/contract.ts'
import { AskError, type Host } from '../host.ts'

/** A host whose answers a test sets, and whose calls it reads. */
export interface FakeHost extends Host {
  /** What the next questions get; `null` leaves them open. */
  answer: RunAnswer | AskError | null
  readonly asked: { readonly path: string; readonly query: Readonly<Record<string, string>> }[]
  readonly opened: string[]
  readonly revealed: string[]
  readonly copied: string[]
  /** Answers the questions that were left open. */
  give(answer: RunAnswer): void
  change(change: Change): void
}

export function createFakeHost(answer: RunAnswer | AskError | null): FakeHost {
  const listeners = new Set<(change: Change) => void>()
  const open: ((answer: RunAnswer) => void)[] = []
  const host: FakeHost = {
    answer,
    asked: [],
    opened: [],
    revealed: [],
    copied: [],
    ask<T>(path: string, query: Readonly<Record<string, string>>): Promise<T> {
      host.asked.push({ path, query })
      if (host.answer === null) return new Promise<T>((resolve) => open.push((given) => resolve(given as T)))
      return host.answer instanceof AskError
        ? Promise.reject(host.answer)
        : Promise.resolve(structuredClone(host.answer) as T)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    openRun: (runId) => host.opened.push(runId),
    revealFeature: (feature) => host.revealed.push(feature),
    copy: (text) => host.copied.push(text),
    give(given) {
      host.answer = given
      for (const resolve of open.splice(0)) resolve(given)
    },
    change(change) {
      for (const listener of listeners) listener(change)
    },
  }
  return host
}
