/** A node of Babel's tree, as far as this room looks at it. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

/** Visits every node, parents first; without recursion, because generated files nest deeply. */
export function walk(root: Node, visit: (node: Node) => void): void {
  const open: Node[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    visit(node)
    for (const key in node) {
      const value = node[key]
      if (key === 'loc' || key === 'extra' || key.endsWith('Comments')) continue
      if (isNode(value)) open.push(value)
      else if (Array.isArray(value)) for (const item of value) if (isNode(item)) open.push(item)
    }
  }
}
