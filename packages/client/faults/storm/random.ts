/** A number from 0 to 1 that is always the same for the same words: what happens in the storm depends on who asks, not on who asked before. */
export function chance(...words: readonly number[]): number {
  let hash = 0x9e3779b9
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return (hash >>> 0) / 2 ** 32
}

/** A whole number from 0 to 255. */
export function randomByte(random: () => number): number {
  return Math.floor(random() * 256)
}

/** A stream of such numbers. */
export function createRandom(seed: number): () => number {
  let count = 0
  return () => {
    count += 1
    return chance(seed, count)
  }
}
