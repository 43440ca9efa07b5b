import { isNode, type Node } from './syntax.ts'

/** What `defineFeature` is called in one file. */
export interface DefineFeatureNames {
  /** Names that call it directly, aliases included. */
  readonly direct: ReadonlySet<string>
  /** Names of whole modules: `evenkeel.defineFeature(…)`. */
  readonly modules: ReadonlySet<string>
}

const NAME = 'defineFeature'
const OURS = /^@evenkeel\/(client|shared)(\/|$)/
/** A path of the project's own, relative or through a common alias: it may hand our function on. */
const OWN_PATH = /^(\.{1,2}\/|\.{1,2}$|[@~]\/|#)/

/**
 * Ours is what is imported from `@evenkeel/client`, under whatever name, and what is called
 * `defineFeature` unless it comes from somebody else's package.
 */
export function defineFeatureNames(program: Node): DefineFeatureNames {
  const direct = new Set([NAME])
  const modules = new Set<string>()
  for (const statement of Array.isArray(program.body) ? program.body : []) {
    if (!isNode(statement) || statement.type !== 'ImportDeclaration') continue
    const from = isNode(statement.source) ? String(statement.source.value) : ''
    for (const specifier of Array.isArray(statement.specifiers) ? statement.specifiers : []) {
      if (!isNode(specifier) || !isNode(specifier.local)) continue
      const local = String(specifier.local.name)
      if (specifier.type === 'ImportNamespaceSpecifier') {
        if (OURS.test(from) || OWN_PATH.test(from)) modules.add(local)
      } else if (importedName(specifier) === NAME && (OURS.test(from) || OWN_PATH.test(from))) {
        direct.add(local)
      } else if (local === NAME) {
        direct.delete(NAME)
      }
    }
  }
  return { direct, modules }
}

function importedName({ imported }: Node): string | null {
  if (!isNode(imported)) return null
  return String(imported.name ?? imported.value)
}

/** Whether this expression, being called, is ours. */
export function isCallee(callee: Node, { direct, modules }: DefineFeatureNames): boolean {
  if (callee.type === 'Identifier') return direct.has(String(callee.name))
  if (callee.type !== 'MemberExpression' || callee.computed === true) return false
  const { object, property } = callee
  if (!isNode(object) || !isNode(property)) return false
  return object.type === 'Identifier' && modules.has(String(object.name)) && property.name === NAME
}
