import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/** A text of the parser, as often as it stands there, and what takes its place. */
type Cut = readonly [text: RegExp, times: number, instead: string]

const CALL = String.raw`(\w+) === null \|\| \1 === void 0 \? void 0 : \1`

/** What the library never asks for: words for errors of which it reads the kind alone, ids and delays apart from events, and the rest of a half-read line. */
const CUTS: readonly Cut[] = [
  [/if \(typeof config === 'function'\) \{\s*throw [^;]*;\s*\}/g, 1, ''],
  [/throw new Error\('Cannot feed parser[^;]*;/g, 1, 'throw new Error();'],
  [/onId, onRetry \}/g, 1, '}'],
  [/if \(id !== undefined\) \{\s*onId === null [^;]*onId\(id\);\s*\}/g, 3, ''],
  [/case 'retry':[\s\S]*?default:[\s\S]*?break;/g, 1, ''],
  [/new ParseError\(`[^`]*`, (\{\s*type: 'max-buffer-size-exceeded',\s*\})\)/g, 1, '$1'],
  [/if \(options\.consume [\s\S]*?\n {8}\}/g, 1, ''],
  [new RegExp(CALL, 'g'), 4, '$1?.'],
]

/** The parser of event streams without what the library turns off. It fits one version, which `package.json` names. */
export function slimEventSource(code: string): string {
  let slim = code
    .replace(/^(import \{ ParseError \}|\/\/# sourceMappingURL).*$/gm, '')
    .replace('(options = {})', '()')
  for (const [text, times, instead] of CUTS) {
    const found = slim.match(text)?.length ?? 0
    if (found !== times)
      throw new Error(`${text} fits the parser of event streams ${found} times, not ${times}.`)
    slim = slim.replace(text, instead)
  }
  return slim
}

/** Bundles the slim one. */
export const slimEventSourcePlugin: Plugin = {
  name: 'slim parser of event streams',
  setup({ onLoad }) {
    onLoad({ filter: /eventsource-parser\/dist\/parse\.js$/ }, async ({ path }) => ({
      contents: slimEventSource(await readFile(path, 'utf8')),
    }))
  },
}
