import { distance } from 'fastest-levenshtein'

/** Beyond so many units words are compared in place of characters, and beyond that many words only the first. */
const MAX_UNITS = 4_000

/**
 * How far `to` is from `from`: the least number of insertions, deletions and replacements, over the length of the
 * longer one. 0 where nothing was changed, 1 where nothing stayed. Texts of which more than 4,000 characters
 * differ are compared by words, so that the time stays bounded: a few milliseconds, whatever their length.
 *
 * @see https://en.wikipedia.org/wiki/Levenshtein_distance
 */
export function editDistance(from: string, to: string): number {
  const longer = Math.max(from.length, to.length)
  if (longer === 0) return 0
  // Most of an edited draft is as it was, and what is the same at both ends costs nothing.
  const start = commonStart(from, to)
  const end = commonEnd(from, to, start)
  const [a, b] = [from.slice(start, from.length - end), to.slice(start, to.length - end)]
  const changed = Math.max(a.length, b.length)
  if (changed === 0) return 0
  const share =
    changed <= MAX_UNITS ? distance(a, b) / changed : wordDistance(a.split(/(?<=\s)/), b.split(/(?<=\s)/))
  return (share * changed) / longer
}

function commonStart(a: string, b: string): number {
  let at = 0
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1
  return at
}

function commonEnd(a: string, b: string, start: number): number {
  let count = 0
  const most = Math.min(a.length, b.length) - start
  while (count < most && a.charCodeAt(a.length - 1 - count) === b.charCodeAt(b.length - 1 - count)) count += 1
  return count
}

/** The share of words that differ; every word stands as one character. */
function wordDistance(a: readonly string[], b: readonly string[]): number {
  const codes = new Map<string, string>()
  const coded = (words: readonly string[]) =>
    words
      .slice(0, MAX_UNITS)
      .map((word) => {
        const code = codes.get(word) ?? String.fromCharCode(codes.size + 1)
        codes.set(word, code)
        return code
      })
      .join('')
  const [x, y] = [coded(a), coded(b)]
  return distance(x, y) / Math.max(x.length, y.length)
}
