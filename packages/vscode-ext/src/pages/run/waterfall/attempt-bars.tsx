import { formatMs } from '../../../engine/words/duration.ts'
import type { AttemptRole } from '../attempt-role.ts'
import { nameOf, sayFigures } from './describe-mark.ts'
import { widthOfText } from './lanes.ts'
import type { AttemptRow, Mark } from './layout.ts'
import { pointStyle, spanStyle } from './place.ts'
import { STRIP, stepPath } from './token-steps.ts'
import type { Walk } from './use-walk.ts'

export interface AttemptBarsProps {
  readonly row: AttemptRow
  readonly domainMs: number
  readonly plotPx: number
  readonly walk: Walk
}

/** One attempt: its name at the start, its stages as a bar, its first token and stalls upon it. */
export function AttemptBars({ row, domainMs, plotPx, walk }: AttemptBarsProps) {
  const { whole, segments, stalls, firstToken, role, attempt } = row
  const say = (mark: Mark) => `${nameOf(mark)}: ${sayFigures(mark)}`
  return (
    <li className="row attempt-row" data-role={role} data-aborted={attempt.failure === 'aborted'}>
      <button {...walk.propsOf(whole)} className="row-label">
        <span className="row-name">
          <span className="attempt-number">{row.number}</span> {row.name}
        </span>
        <span className="row-note">{noteOf(row)}</span>
        <span className="heard-only">: {sayFigures(whole)}</span>
      </button>
      <div className="plot" dir="ltr">
        <div className="bar">
          {segments.map((segment) => (
            <button
              key={segment.id}
              {...walk.propsOf(segment)}
              className="segment"
              data-kind={segment.kind}
              aria-label={say(segment)}
              style={spanStyle(segment)}
            />
          ))}
          {stalls.map((stall) => (
            <button
              key={stall.id}
              {...walk.propsOf(stall)}
              className="stall"
              aria-label={say(stall)}
              style={spanStyle(stall)}
            />
          ))}
          {firstToken !== null && (
            <button
              {...walk.propsOf(firstToken)}
              className="first-token"
              aria-label={say(firstToken)}
              style={pointStyle(firstToken.start)}
            />
          )}
        </div>
        <div className="captions" aria-hidden="true">
          {captionsThatFit([...segments, ...stalls], plotPx).map((mark) => (
            <span key={mark.id} className="caption" style={pointStyle(mark.start)}>
              {captionOf(mark)}
            </span>
          ))}
        </div>
        {row.arrivals.length > 1 && <TokenStrip row={row} domainMs={domainMs} />}
      </div>
    </li>
  )
}

const ROLE_WORDS: Readonly<Record<AttemptRole, string>> = {
  answered: 'answered',
  partial: 'partial answer',
  omitted: 'gave nothing',
  lost: 'lost',
}

function noteOf({ attempt, role }: AttemptRow): string {
  const hedge = attempt.hedge ? 'hedge, ' : ''
  return `${hedge}${attempt.failure ?? ROLE_WORDS[role]}`
}

function captionOf({ name, fromMs, toMs }: Mark): string {
  return `${name.toLowerCase()} ${formatMs((toMs ?? fromMs) - fromMs)}`
}

/** Names of the stretches that are long enough to carry them. A stall's comes before what it lies in. */
function captionsThatFit(marks: readonly Mark[], plotPx: number): readonly Mark[] {
  const stalls = marks.filter(({ kind }) => kind === 'stall')
  return marks.filter((mark) => {
    const widthPx = (mark.end - mark.start) * plotPx
    const startPx = mark.start * plotPx
    const neededPx = widthOfText(captionOf(mark))
    if (neededPx > widthPx) return false
    if (mark.kind === 'stall') return true
    return stalls.every((stall) => {
      const stallPx = stall.start * plotPx
      return stallPx >= startPx + neededPx || stallPx < startPx
    })
  })
}

function TokenStrip({ row, domainMs }: { readonly row: AttemptRow; readonly domainMs: number }) {
  const path = stepPath(row.arrivals, domainMs)
  const characters = row.arrivals.reduce((sum, arrival) => sum + arrival.characters, 0)
  return (
    <svg
      className="token-strip"
      viewBox={`0 0 ${STRIP.width} ${STRIP.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${characters} characters arrived in ${row.arrivals.length} pieces`}
    >
      <path className="token-area" d={`${path}V${STRIP.height}Z`} />
      <path className="token-line" d={path} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
