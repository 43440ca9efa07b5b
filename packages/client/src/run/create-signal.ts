import { type Level, newTraceId, type Signal, type SignalKind, type Triple } from '@evenkeel/shared'
import type { SignalDetails } from './run.ts'
import type { World } from './world.ts'

/** The run that a signal is about. */
export interface SignalSubject {
  readonly feature: string
  readonly runId: string
  readonly triple: Triple
  readonly level: Level
}

/** What only some kinds of signal say. */
export interface SignalExtras {
  /** Under the id of an earlier signal it takes that one's place. */
  readonly signalId?: string | undefined
  readonly ordinal?: number
  readonly replacedBy?: string
}

/** A signal, complete in itself. A comment is content, and kept only where the app chose to. */
export function createSignal(
  kind: SignalKind,
  subject: SignalSubject,
  world: Pick<World, 'clock' | 'randomBytes' | 'facts' | 'keepsContent'>,
  details: SignalDetails = {},
  extras: SignalExtras = {},
): Signal {
  const { environment, synthetic, weight } = world.facts()
  return {
    ...subject,
    signalId: extras.signalId ?? newTraceId(world.randomBytes),
    kind,
    atEpochMs: Math.round(world.clock.epochMs()),
    value: details.value ?? null,
    reasons: details.reasons ?? [],
    comment: (world.keepsContent ? details.comment : null) ?? null,
    ordinal: extras.ordinal ?? null,
    replacedBy: extras.replacedBy ?? null,
    environment,
    synthetic,
    weight,
  }
}
