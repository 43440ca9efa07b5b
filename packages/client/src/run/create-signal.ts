import { newTraceId, type Signal, type SignalKind } from '@evenkeel/shared'
import type { SignalDetails, SignalSubject } from './run.ts'
import type { World } from './world.ts'

/** What only some kinds of signal say. */
export interface SignalExtras {
  readonly ordinal?: number
  readonly replacedBy?: string
}

/**
 * A signal, complete in itself. A comment is content, and kept only where the app chose to. Thumbs bear their
 * run's id, so that those given later, on another page, take the place of the first.
 */
export function createSignal(
  kind: SignalKind,
  subject: SignalSubject,
  world: Pick<World, 'clock' | 'randomBytes' | 'facts' | 'kept'>,
  details: SignalDetails = {},
  extras: SignalExtras = {},
): Signal {
  const { environment, synthetic, weight } = world.facts()
  return {
    ...subject,
    signalId: kind === 'thumbs' ? subject.runId : newTraceId(world.randomBytes),
    kind,
    atEpochMs: Math.round(world.clock.epochMs()),
    value: details.value ?? null,
    reasons: details.reasons ?? [],
    comment: details.comment === undefined ? null : world.kept(details.comment),
    afterMs: details.afterMs ?? null,
    ordinal: extras.ordinal ?? null,
    replacedBy: extras.replacedBy ?? null,
    environment,
    synthetic,
    weight,
  }
}
