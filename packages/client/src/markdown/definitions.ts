import type { Definition, Nodes } from 'mdast'
import type { Labels } from './parser.ts'

/** Where a label leads. */
export interface LinkTarget {
  readonly url: string
  readonly title?: string | null | undefined
}

/** The link reference definitions of one document. The first one of a label counts. */
export interface Definitions {
  get(label: string): LinkTarget | undefined
  has(label: string): boolean
  /** Takes in the definitions inside these nodes; returns the labels that are new. */
  addFrom(nodes: readonly Nodes[]): string[]
}

export function createDefinitions(): Definitions {
  const targets = new Map<string, LinkTarget>()
  return {
    get: (label) => targets.get(keyOf(label)),
    has: (label) => targets.has(keyOf(label)),
    addFrom(nodes) {
      const added: string[] = []
      for (const { identifier, url, title } of definitionsIn(nodes)) {
        if (targets.has(identifier)) continue
        targets.set(identifier, { url, title })
        added.push(identifier)
      }
      return added
    },
  }
}

/** A label as the tree spells it; the tokenizer asks in upper case. */
export function keyOf(label: string): string {
  return label.toLowerCase()
}

/** Definitions that hold from where they are read: for a document that is read as a whole. */
export function collectLabels(): Labels {
  const labels = new Set<string>()
  return {
    isDefined: (label) => labels.has(label),
    define: (label) => labels.add(label),
  }
}

function definitionsIn(nodes: readonly Nodes[], found: Definition[] = []): Definition[] {
  for (const node of nodes) {
    if (node.type === 'definition') found.push(node)
    else if (CONTAINERS.has(node.type) && 'children' in node) definitionsIn(node.children, found)
  }
  return found
}

const CONTAINERS: ReadonlySet<string> = new Set(['blockquote', 'list', 'listItem'])
