import { type ParserPlugin, parse } from '@babel/parser'
import { defineFeatureNames, isCallee } from './callee.ts'
import { isNode, type Node, walk } from './syntax.ts'

/** Where a source file defines a feature. */
export interface FeatureSite {
  readonly id: string
  /** Of the call, `defineFeature`, in UTF-16 code units from the file's start. */
  readonly start: number
  /** Just past the call. */
  readonly end: number
}

/**
 * The features that a TypeScript or JavaScript file defines by a literal id, in the order of the file.
 * An id that is computed names nothing that can be looked up, and is left out.
 *
 * @throws SyntaxError where the file cannot be parsed, as while it is being typed in.
 */
export function findFeatures(fileName: string, text: string): FeatureSite[] {
  // Most files define no feature; they cost a search, not a parse.
  if (!text.includes('defineFeature')) return []
  const { program } = parse(text, {
    sourceType: 'unambiguous',
    errorRecovery: true,
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
    plugins: pluginsFor(fileName),
  })
  const names = defineFeatureNames(program as unknown as Node)
  const sites: FeatureSite[] = []
  walk(program as unknown as Node, (node) => {
    if (node.type !== 'CallExpression' || !isNode(node.callee) || !isCallee(node.callee, names)) return
    const [spec] = Array.isArray(node.arguments) ? node.arguments : []
    const id = isNode(spec) ? idOf(spec) : null
    if (id !== null) sites.push({ id, start: node.start, end: node.end })
  })
  return sites.sort((a, b) => a.start - b.start)
}

function pluginsFor(fileName: string): ParserPlugin[] {
  const extension = /\.([cm]?[jt]sx?)$/i.exec(fileName)?.[1]?.toLowerCase() ?? 'tsx'
  // In a `.ts` file `<T>value` is a cast, not an element; JavaScript often holds JSX whatever its name.
  if (/^[cm]?ts$/.test(extension)) return ['typescript', 'decorators']
  return extension === 'tsx' ? ['typescript', 'jsx', 'decorators'] : ['jsx', 'flow', 'decorators']
}

/** `{ id: 'draft-reply' }`, also behind `as const`, `satisfies` and parentheses. */
function idOf(spec: Node): string | null {
  const object = unwrap(spec)
  if (object.type !== 'ObjectExpression' || !Array.isArray(object.properties)) return null
  // The last one wins, as it does when the code runs.
  for (const property of object.properties.toReversed()) {
    if (!isNode(property) || property.type !== 'ObjectProperty' || property.computed === true) continue
    if (!isNode(property.key) || !isNode(property.value)) continue
    if (property.key.name === 'id' || property.key.value === 'id') return literal(unwrap(property.value))
  }
  return null
}

function literal(node: Node): string | null {
  if (node.type === 'StringLiteral') return typeof node.value === 'string' ? node.value : null
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis) || node.quasis.length !== 1) return null
  const cooked = (node.quasis[0] as { value?: { cooked?: unknown } }).value?.cooked
  return typeof cooked === 'string' ? cooked : null
}

const WRAPPERS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
  'TSNonNullExpression',
])

function unwrap(node: Node): Node {
  return WRAPPERS.has(node.type) && isNode(node.expression) ? unwrap(node.expression) : node
}
