import type { CodeBlock } from './code-blocks.ts'

/**
 * A block of a manual as a module that a compiler can read, each line where it is in the manual. A manual
 * imports a name once and shows elements and `return` outside of any function; here `exported` has the names
 * by the entry they come from, elements become statements, and a body with a `return` becomes a function.
 */
export function asModule(
  { line, code }: CodeBlock,
  exported: Readonly<Record<string, readonly string[]>>,
): string {
  const imports = Object.entries(exported).flatMap(([entry, names]) => {
    const used = names.filter((name) => isUsed(code, name) && !isBound(code, name))
    return used.length === 0 ? [] : [`import { ${used.join(', ')} } from '${entry}'`]
  })
  const body = code
    .replaceAll('[…]', '[...elided]')
    .replaceAll('{ … }', '{}')
    .replaceAll(/^<(?!\/)/gm, ';<')
  const lines = (/^(?:if \(.*\) )?return /m.test(code) ? inFunction(body) : body).split('\n')
  // The heading and the fence above a block leave lines enough.
  return ['export {}', ...imports].join('; ') + '\n'.repeat(line - 1) + lines.join('\n')
}

function inFunction(body: string): string {
  const lines = body.split('\n')
  const last = lines.findLastIndex((each) => each.startsWith('import '))
  const [imports, rest] = [lines.slice(0, last + 1), lines.slice(last + 1)]
  const opened = `export async function Sample() { ${rest[0] ?? ''}`
  return `${[...imports, opened, ...rest.slice(1)].join('\n')}}\n`
}

const isUsed = (code: string, name: string) => new RegExp(`\\b${name}\\b`).test(code)

/** Whether the block imports or declares it itself. */
function isBound(code: string, name: string): boolean {
  const among = `\\{[^}]*\\b${name}\\b[^}]*\\}`
  return new RegExp(
    `^import ${among} from |^(?:const|let) ${among} = |^(?:export )?(?:const|let|function|class|interface|type) ${name}\\b`,
    'm',
  ).test(code)
}
