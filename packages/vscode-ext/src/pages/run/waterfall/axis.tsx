import type { RefCallback } from 'react'
import { formatMs } from '../../../engine/words/duration.ts'
import { formatBudget } from '../budget-state.ts'
import { sayFigures } from './describe-mark.ts'
import { placeLineLabels } from './lanes.ts'
import type { Line, WaterfallLayout } from './layout.ts'
import { placeStyle, pointStyle } from './place.ts'
import type { Tick } from './ticks.ts'
import type { Walk } from './use-walk.ts'

/** Height of one lane of line labels: the smallest target a finger or a shaky hand hits. */
const LANE_PX = 24

export interface AxisProps {
  readonly layout: WaterfallLayout
  readonly ticks: readonly Tick[]
  readonly plotRef: RefCallback<HTMLElement>
  readonly plotPx: number
  readonly walk: Walk
}

/** Stays at the top while rows scroll: the lines' names above, the numbers of the axis below. */
export function Axis({ layout, ticks, plotRef, plotPx, walk }: AxisProps) {
  const texts = layout.lines.map(textOf)
  const places = placeLineLabels(
    layout.lines.map(({ start, beyond }, index) => ({
      position: beyond ? 1 : start,
      text: texts[index] ?? '',
    })),
    plotPx,
  )
  const lanes = Math.max(1, ...places.map(({ lane }) => lane + 1))
  return (
    <div className="axis row">
      <div className="row-label" />
      <div className="plot" dir="ltr" ref={plotRef}>
        <div className="line-labels" style={{ height: lanes * LANE_PX }}>
          {layout.lines.map((line, index) => {
            const place = places[index]
            if (place === undefined) return null
            return (
              <button
                key={line.id}
                {...walk.propsOf(line)}
                className="line-label"
                data-line={line.line}
                data-over={line.over}
                data-side={place.side}
                style={{ ...placeStyle(line.start, place.side), bottom: place.lane * LANE_PX }}
              >
                {texts[index]}
                <span className="heard-only">: {sayFigures(line)}</span>
              </button>
            )
          })}
        </div>
        {layout.lines.map((line, index) =>
          line.beyond ? null : (
            <span
              key={line.id}
              className="through-line"
              data-line={line.line}
              data-over={line.over}
              style={{ ...pointStyle(line.start), top: (lanes - 1 - (places[index]?.lane ?? 0)) * LANE_PX }}
            />
          ),
        )}
        <div className="ticks" aria-hidden="true">
          {ticks.map(({ atMs, label }) => (
            <span key={atMs} className="tick" style={pointStyle(atMs / layout.domainMs)}>
              {label}
            </span>
          ))}
        </div>
      </div>
    </div>
  )
}

function textOf({ name, line, fromMs, over, beyond }: Line): string {
  return `${name} ${line === 'settled' ? formatMs(fromMs) : formatBudget(fromMs)}${over ? ', broken' : ''}${beyond ? ' →' : ''}`
}
