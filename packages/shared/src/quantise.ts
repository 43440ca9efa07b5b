/**
 * Milliseconds to the microsecond, the precision that a record keeps. A record whose times went
 * through it comes out of OTLP exactly as it went in.
 */
export function quantise(ms: number): number {
  // Adding 0 turns -0, which JSON cannot say, into 0.
  return Math.round(ms * 1000) / 1000 + 0
}
