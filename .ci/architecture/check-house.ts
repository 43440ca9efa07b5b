import { existsSync, globSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { type Import, importsOf } from './imports.ts'
import { ENTRIES, OUTSIDE, ROOMS, type Room } from './rules.ts'

/** One import against the house's order. */
export interface Breach {
  /** `path:line` from the root. */
  readonly where: string
  readonly what: string
}

/** Every import under `root` that goes against the arrows, and every import cycle. */
export function checkHouse(root: string): Breach[] {
  const files = globSync(['packages/*/src/**/*.{ts,tsx}', 'samples/*/{src,server}/**/*.{ts,tsx}'], {
    cwd: root,
  })
    .filter((file) => !OUTSIDE.test(file) && !file.includes('node_modules'))
    .sort()
  const graph = new Map<string, string[]>()
  const breaches: Breach[] = []
  for (const file of files) {
    const inside: string[] = []
    for (const found of importsOf(join(root, file))) {
      const where = `${file}:${found.line}`
      if (found.specifier.startsWith('.')) {
        const target = resolveFile(root, file, found)
        if (target === null) {
          if (!isAsset(found))
            breaches.push({ where, what: `imports ${found.specifier}, which does not exist.` })
          continue
        }
        inside.push(target)
        breaches.push(...checkRooms(where, roomOf(file), roomOf(target), found.specifier))
      } else {
        breaches.push(...checkPackage(where, roomOf(file), found.specifier))
      }
    }
    graph.set(file, inside)
  }
  return [...breaches, ...cyclesOf(graph)]
}

function roomOf(file: string): Room | undefined {
  return ROOMS.find((room) => room.holds.some((prefix) => file.startsWith(prefix)))
}

function resolveFile(root: string, file: string, { specifier }: Import): string | null {
  const path = normalize(join(dirname(file), specifier))
  return existsSync(join(root, path)) ? relative('.', path) : null
}

function isAsset({ specifier }: Import): boolean {
  return /\.(css|svg|png|json)(\?.*)?$/.test(specifier)
}

function checkRooms(
  where: string,
  from: Room | undefined,
  to: Room | undefined,
  specifier: string,
): Breach[] {
  if (from === undefined || to === undefined) {
    return [
      {
        where,
        what: `imports ${specifier}: no room of the house holds ${from === undefined ? 'this file' : 'it'}; add one to .ci/architecture/rules.ts.`,
      },
    ]
  }
  if (from === to || from.mayImport.includes(to.name)) return []
  return [
    {
      where,
      what: `imports ${specifier}: '${from.name}' must not import '${to.name}' (it may import: ${from.mayImport.join(', ') || 'nothing'}).`,
    },
  ]
}

function checkPackage(where: string, from: Room | undefined, specifier: string): Breach[] {
  if (from === undefined) return [{ where, what: 'is in no room; add one to .ci/architecture/rules.ts.' }]
  const entry = ENTRIES[specifier]
  if (entry !== undefined)
    return checkRooms(
      where,
      from,
      ROOMS.find(({ name }) => name === entry),
      specifier,
    )
  if (specifier.startsWith('@evenkeel/') || specifier === 'evenkeel') {
    return [{ where, what: `imports ${specifier}, which is no public entry.` }]
  }
  if (from.packages.some((allowed) => matches(allowed, specifier))) return []
  return [
    {
      where,
      what: `imports ${specifier}: '${from.name}' may import only ${from.packages.join(', ') || 'no package'}.`,
    },
  ]
}

function matches(allowed: string, specifier: string): boolean {
  return allowed.endsWith('*') ? specifier.startsWith(allowed.slice(0, -1)) : allowed === specifier
}

/** Each cycle once, named by its files. */
function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): Breach[] {
  const done = new Set<string>()
  const path: string[] = []
  const cycles: Breach[] = []
  const walk = (file: string): void => {
    const start = path.indexOf(file)
    if (start >= 0) {
      cycles.push({
        where: file,
        what: `is in an import cycle: ${[...path.slice(start), file].join(' → ')}.`,
      })
      return
    }
    if (done.has(file)) return
    path.push(file)
    for (const target of graph.get(file) ?? []) walk(target)
    path.pop()
    done.add(file)
  }
  for (const file of graph.keys()) walk(file)
  return cycles
}
