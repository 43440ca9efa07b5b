import { readFileSync } from 'node:fs'
import { parse } from '@babel/parser'

/** One import of a file, by any syntax, types included. */
export interface Import {
  readonly specifier: string
  readonly line: number
}

/** Every import, re-export and dynamic import of a TypeScript file. */
export function importsOf(path: string): Import[] {
  const source = readFileSync(path, 'utf8')
  // In a `.ts` file `<T>(…) =>` is a generic function, where JSX would see an element.
  const plugins: ('typescript' | 'jsx')[] = path.endsWith('.tsx') ? ['typescript', 'jsx'] : ['typescript']
  const { program } = parse(source, { sourceType: 'module', plugins })
  const found: Import[] = []
  visit(program, (node) => {
    const target = node.source ?? (node.type === 'ImportExpression' ? node.source : undefined)
    if (isText(target)) found.push({ specifier: target.value, line: target.loc?.start.line ?? 0 })
    const [argument] =
      node.type === 'CallExpression' && node.callee?.type === 'Import' ? (node.arguments ?? []) : []
    if (isText(argument)) found.push({ specifier: argument.value, line: argument.loc?.start.line ?? 0 })
    if (node.type === 'TSImportType' && isText(node.argument)) {
      found.push({ specifier: node.argument.value, line: node.argument.loc?.start.line ?? 0 })
    }
  })
  return found
}

interface Node {
  readonly type: string
  readonly source?: unknown
  readonly callee?: Node
  readonly arguments?: readonly unknown[]
  readonly argument?: unknown
}

interface Text {
  readonly type: 'StringLiteral'
  readonly value: string
  readonly loc?: { readonly start: { readonly line: number } }
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && (value as Text).type === 'StringLiteral'
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const entry of value) visit(entry, see)
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (typeof (value as Node).type === 'string') see(value as Node)
  for (const [key, child] of Object.entries(value)) {
    if (key !== 'loc' && typeof child === 'object') visit(child, see)
  }
}
