import type { Mark } from './layout.ts'

export type WalkKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End'

const WALK_KEYS: ReadonlySet<string> = new Set<WalkKey>([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
])

export function isWalkKey(key: string): key is WalkKey {
  return WALK_KEYS.has(key)
}

/**
 * The mark that a key leads to. Left and right walk a row in time; up and down go to the mark of the
 * next row that is nearest in time; Home and End go to the row's ends. At an edge it stays.
 */
export function nextMark(rows: readonly (readonly Mark[])[], fromId: string, key: WalkKey): string {
  const rowIndex = rows.findIndex((row) => row.some(({ id }) => id === fromId))
  const row = rows[rowIndex] ?? []
  const index = row.findIndex(({ id }) => id === fromId)
  const from = row[index]
  if (from === undefined) return rows[0]?.[0]?.id ?? fromId
  switch (key) {
    case 'ArrowLeft':
      return row[index - 1]?.id ?? fromId
    case 'ArrowRight':
      return row[index + 1]?.id ?? fromId
    case 'Home':
      return row[0]?.id ?? fromId
    case 'End':
      return row.at(-1)?.id ?? fromId
    case 'ArrowUp':
      return nearest(rows[rowIndex - 1], from)?.id ?? fromId
    case 'ArrowDown':
      return nearest(rows[rowIndex + 1], from)?.id ?? fromId
  }
}

function nearest(row: readonly Mark[] | undefined, to: Mark): Mark | undefined {
  // A row of an attempt is entered at its label: what the attempt was comes before its parts.
  const [first] = row ?? []
  if (first?.kind === 'attempt' && to.kind === 'attempt') return first
  return row?.reduce((best, mark) =>
    Math.abs(mark.fromMs - to.fromMs) < Math.abs(best.fromMs - to.fromMs) ? mark : best,
  )
}
