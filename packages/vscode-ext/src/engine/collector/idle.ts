/** Knows how long nobody has needed the collector. */
export interface Idle {
  /** Something came in, or somebody left. */
  touch(): void
  /** Whether it is time to end. */
  isOver(): boolean
}

export function createIdle(idleMs: number, attached: () => number, nowMs: () => number): Idle {
  let neededAtMs = nowMs()
  return {
    touch() {
      neededAtMs = nowMs()
    },
    isOver() {
      if (attached() > 0) neededAtMs = nowMs()
      return nowMs() - neededAtMs >= idleMs
    },
  }
}
