import type { AttemptRecord } from '@evenkeel/shared'

/**
 * A stretch of an attempt. `stage`: the server named it. `unknown`: nobody said what happened.
 * `delivery`: the answer was arriving. `own`: a step that asks no server.
 */
export type SegmentKind = 'stage' | 'unknown' | 'delivery' | 'own'

export interface Segment {
  readonly kind: SegmentKind
  readonly name: string
  readonly fromMs: number
  readonly toMs: number
  /** What the server said the stage took, where the attempt ended before that much time had passed. */
  readonly reportedMs: number | null
}

/**
 * Cuts an attempt into what is known of it. A server names how long its stages took, not when they
 * began, so they are laid end to end in its order; delivery is what remains after the first token, and
 * what remains before it is unknown.
 */
export function segmentsOf(attempt: AttemptRecord): readonly Segment[] {
  const startMs = attempt.startedMs
  const endMs = Math.max(attempt.endedMs, startMs)
  if (attempt.step !== 'model') {
    return [{ kind: 'own', name: attempt.step, fromMs: startMs, toMs: endMs, reportedMs: null }]
  }
  const segments: Segment[] = []
  let atMs = startMs
  for (const [name, durationMs] of Object.entries(attempt.stages)) {
    const toMs = Math.min(atMs + Math.max(0, durationMs), endMs)
    const cut = toMs - atMs < durationMs - 0.0005
    segments.push({ kind: 'stage', name, fromMs: atMs, toMs, reportedMs: cut ? durationMs : null })
    atMs = toMs
  }
  const { firstTokenMs } = attempt
  const deliveryMs = firstTokenMs === null ? endMs : Math.min(Math.max(firstTokenMs, atMs), endMs)
  if (deliveryMs > atMs) segments.push(remaining('unknown', atMs, deliveryMs))
  if (endMs > deliveryMs) segments.push(remaining('delivery', deliveryMs, endMs))
  return segments.length === 0 ? [remaining('unknown', startMs, endMs)] : segments
}

function remaining(kind: 'unknown' | 'delivery', fromMs: number, toMs: number): Segment {
  return { kind, name: kind, fromMs, toMs, reportedMs: null }
}
