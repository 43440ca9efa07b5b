import type { Definitions } from './definitions.ts'
import { keyOf } from './definitions.ts'
import type { Labels } from './parser.ts'

/** A part of the document that named labels which had no definition. */
export interface Waiting {
  missed: ReadonlySet<string>
}

/** Remembers who named what before it was defined, so that a late definition reaches exactly those. */
export interface References<Part extends Waiting> {
  /** For the parser: a definition counts once its block is closed, since an open one may still have half an address. */
  readonly labels: Labels
  /** The labels that were asked for in vain since this was asked last. */
  takeMissed(): ReadonlySet<string>
  waitFor(part: Part): void
  /** The parts that named these labels; they wait no longer. */
  release(labels: readonly string[]): Part[]
}

/** A definition's label is no longer than this; what is longer is not worth remembering. */
const LONGEST_LABEL = 999

export function createReferences<Part extends Waiting>(
  definitions: Pick<Definitions, 'has'>,
): References<Part> {
  const waiting = new Map<string, Set<Part>>()
  let missed = new Set<string>()
  return {
    labels: {
      isDefined(label) {
        const isDefined = definitions.has(label)
        if (!isDefined && label.length <= LONGEST_LABEL) missed.add(keyOf(label))
        return isDefined
      },
      define() {},
    },
    takeMissed() {
      const taken = missed
      missed = new Set()
      return taken
    },
    waitFor(part) {
      for (const label of part.missed) {
        const parts = waiting.get(label) ?? new Set()
        waiting.set(label, parts.add(part))
      }
    },
    release(labels) {
      const released = new Set(labels.flatMap((label) => [...(waiting.get(label) ?? [])]))
      for (const part of released) for (const label of part.missed) waiting.get(label)?.delete(part)
      return [...released]
    },
  }
}
