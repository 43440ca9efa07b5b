import type { RandomBytes } from '@evenkeel/shared'

/** Numbers from 0 to 1, fine enough for delays. */
export function randomOf(randomBytes: RandomBytes): () => number {
  return () => (randomBytes(1)[0] ?? 0) / 256
}
