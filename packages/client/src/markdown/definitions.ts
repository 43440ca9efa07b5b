import type { MarkdownNode } from './node.ts'

/** The link reference definitions of one document. The first one of a label counts. */
export interface Definitions {
  get(label: string): MarkdownNode | undefined
  has(label: string): boolean
  /** Takes in the definitions among these nodes and inside of them; returns the labels that are new. */
  addFrom(nodes: readonly MarkdownNode[]): string[]
}

export function createDefinitions(): Definitions {
  const targets = new Map<string, MarkdownNode>()
  return {
    get: (label) => targets.get(label),
    has: (label) => targets.has(label),
    addFrom(nodes) {
      const added: string[] = []
      for (const definition of nodes.flatMap(definitionsIn)) {
        const { label = '' } = definition
        if (targets.has(label)) continue
        targets.set(label, definition)
        added.push(label)
      }
      return added
    },
  }
}

function definitionsIn(node: MarkdownNode): MarkdownNode[] {
  if (node.type === 'definition') return [node]
  return CONTAINERS.has(node.type) ? node.children.flatMap(definitionsIn) : []
}

const CONTAINERS: ReadonlySet<string> = new Set(['blockquote', 'item', 'ol', 'ul'])
