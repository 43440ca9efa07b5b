import { formatExactMs } from '../../../engine/words/duration.ts'
import { figuresOf, nameOf } from './describe-mark.ts'
import type { Mark } from './layout.ts'

export interface ReadoutProps {
  readonly shown: Mark | null
  readonly pinned: Mark | null
}

/** The exact figures of what is pinned and what is pointed at, in a place of their own: nothing is covered, nothing moves. */
export function Readout({ shown, pinned }: ReadoutProps) {
  const other = shown?.id === pinned?.id ? null : shown
  if (shown === null && pinned === null) {
    return (
      <section className="readout" aria-label="Exact figures">
        <p className="empty">
          Point at a bar or a mark for its exact figures. A click or Enter keeps them, Escape lets them go.
        </p>
      </section>
    )
  }
  return (
    <section className="readout" aria-label="Exact figures">
      {pinned !== null && <Figures mark={pinned} kept gap={null} />}
      {other !== null && (
        <Figures mark={other} kept={false} gap={pinned === null ? null : other.fromMs - pinned.fromMs} />
      )}
    </section>
  )
}

interface FiguresProps {
  readonly mark: Mark
  readonly kept: boolean
  /** Time from the pinned mark's beginning to this one's. */
  readonly gap: number | null
}

function Figures({ mark, kept, gap }: FiguresProps) {
  return (
    <div className="readout-item" data-kept={kept}>
      <p className="readout-line">
        <strong>{nameOf(mark)}</strong>
        {kept && <span className="tag">pinned</span>}
        {figuresOf(mark).map(([label, value]) => (
          <span key={label}>
            <span className="unit">{label}</span> {value}
          </span>
        ))}
        {gap !== null && (
          <span>
            <span className="unit">{gap < 0 ? 'before the pinned' : 'after the pinned'}</span>{' '}
            {formatExactMs(Math.abs(gap))}
          </span>
        )}
      </p>
      <p className="readout-note">{mark.note}</p>
    </div>
  )
}
