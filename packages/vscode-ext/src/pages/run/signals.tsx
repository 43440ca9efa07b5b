import type { Signal, SignalKind } from '@evenkeel/shared'
import { formatMs } from '../../engine/words/duration.ts'
import { Icon, type IconName } from '../icons/icon.tsx'
import { Section } from './fact.tsx'
import { useHost } from './host-context.ts'
import { TimeAgo } from './time-ago.tsx'

/** What users told us of this run; content only where the app chose to record it. */
export function Signals({ signals }: { readonly signals: readonly Signal[] }) {
  return (
    <Section title="Signals">
      {signals.length === 0 ? (
        <p className="empty">
          None yet. Thumbs, edits, copies and regenerates of this run appear here as they come.
        </p>
      ) : (
        <ul className="signals">
          {signals.map((signal) => (
            <SignalItem key={signal.signalId} signal={signal} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function SignalItem({ signal }: { readonly signal: Signal }) {
  const host = useHost()
  const { replacedBy } = signal
  return (
    <li className="signal">
      <span className="signal-line">
        <Icon name={iconOf(signal)} />
        <span>{wordsOf(signal)}</span>
        <span className="aside">
          <TimeAgo atEpochMs={signal.atEpochMs} />
        </span>
      </span>
      {signal.reasons.length > 0 && (
        <ul className="chips" aria-label="Reasons">
          {signal.reasons.map((reason) => (
            <li key={reason} className="chip">
              {reason}
            </li>
          ))}
        </ul>
      )}
      {signal.comment !== null && <blockquote dir="auto">{signal.comment}</blockquote>}
      {replacedBy !== null && (
        <button type="button" className="link-button" onClick={() => host.openRun(replacedBy)}>
          Open the run that took its place
        </button>
      )}
    </li>
  )
}

const ICONS: Readonly<Record<SignalKind, IconName>> = {
  thumbs: 'none',
  regenerate: 'regenerate',
  edit: 'edit',
  accept: 'check',
  copy: 'copy',
  dismiss: 'dismiss',
  report: 'report',
}

function iconOf({ kind, value }: Signal): IconName {
  if (kind !== 'thumbs' || value === 0 || value === null) return ICONS[kind]
  return value > 0 ? 'thumb-up' : 'thumb-down'
}

function wordsOf({ kind, value, ordinal, afterMs }: Signal): string {
  switch (kind) {
    case 'thumbs':
      if (value === null) return 'thumbs, direction unknown'
      return value === 0 ? 'thumbs withdrawn' : value > 0 ? 'thumbs up' : 'thumbs down'
    case 'regenerate':
      return ordinal === null ? 'regenerated' : `regenerated, repetition ${ordinal}`
    case 'edit':
      return value === null
        ? 'edited, by how much is unknown'
        : `edited, ${Math.round(value * 100)} % changed`
    case 'accept':
      return afterMs === null ? 'accepted' : `accepted, ${formatMs(afterMs)} after it was there`
    case 'copy':
      return 'copied'
    case 'dismiss':
      return 'dismissed'
    case 'report':
      return 'reported'
  }
}
