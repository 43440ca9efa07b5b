import type { Definitions } from './definitions.ts'
import type { Labels } from './parser.ts'

/** A stretch of the document, and the labels it named while they had no definition. */
export interface Naming {
  readonly missed: ReadonlySet<string>
}

/** Remembers who named what before it was defined. */
export interface LateLabels<Part extends Naming> {
  /** For the parser: a definition counts once its block is closed, since an open one may still have half an address. */
  readonly labels: Labels
  /** The labels that were asked for in vain since this was asked last. */
  takeMissed(): Set<string>
  remember(part: Part): void
  /** The parts that named one of these labels; they are forgotten. */
  release(labels: readonly string[]): Part[]
}

/** A definition's label is no longer than this; what is longer is not worth remembering. */
const LONGEST_LABEL = 999

export function createLateLabels<Part extends Naming>(
  definitions: Pick<Definitions, 'has'>,
): LateLabels<Part> {
  const parts = new Set<Part>()
  let missed = new Set<string>()
  return {
    labels: {
      has(label) {
        const isDefined = definitions.has(label)
        if (!isDefined && label.length <= LONGEST_LABEL) missed.add(label)
        return isDefined
      },
      add() {},
    },
    takeMissed() {
      const taken = missed
      missed = new Set()
      return taken
    },
    remember(part) {
      if (part.missed.size > 0) parts.add(part)
    },
    release(labels) {
      if (labels.length === 0) return []
      const released = [...parts].filter((part) => labels.some((label) => part.missed.has(label)))
      for (const part of released) parts.delete(part)
      return released
    },
  }
}
