import { useWidth } from '../use-width.ts'
import { AttemptBars } from './attempt-bars.tsx'
import { Axis } from './axis.tsx'
import type { WaterfallLayout } from './layout.ts'
import { MomentMarks } from './moment-marks.tsx'
import { pointStyle } from './place.ts'
import { Readout } from './readout.tsx'
import { ticksFor } from './ticks.ts'
import { useWalk } from './use-walk.ts'

/** A tick needs about this much room for its number. */
const TICK_PX = 72

/** Time from left to right, attempts from top to bottom, budgets through all of them. */
export function Waterfall({ layout }: { readonly layout: WaterfallLayout }) {
  const [plotRef, plotPx] = useWidth()
  const walk = useWalk(layout)
  const ticks = ticksFor(layout.domainMs, Math.max(2, Math.floor(plotPx / TICK_PX)))
  return (
    <div className="waterfall" data-walk>
      <div className="waterfall-scroll">
        <Axis layout={layout} ticks={ticks} plotRef={plotRef} plotPx={plotPx} walk={walk} />
        <div className="rows">
          <div className="through" aria-hidden="true">
            <div className="plot">
              {ticks.map(({ atMs }) => (
                <span key={atMs} className="grid-line" style={pointStyle(atMs / layout.domainMs)} />
              ))}
            </div>
          </div>
          <ol className="row-list">
            {layout.attempts.map((row) => (
              <AttemptBars
                key={row.whole.id}
                row={row}
                domainMs={layout.domainMs}
                plotPx={plotPx}
                walk={walk}
              />
            ))}
            <MomentMarks row={layout.moments} plotPx={plotPx} walk={walk} />
          </ol>
          <div className="through" aria-hidden="true">
            <div className="plot">
              {layout.lines
                .filter(({ beyond }) => !beyond)
                .map((line) => (
                  <span
                    key={line.id}
                    className="through-line"
                    data-line={line.line}
                    data-over={line.over}
                    style={pointStyle(line.start)}
                  />
                ))}
            </div>
          </div>
        </div>
      </div>
      <Readout shown={walk.shown} pinned={walk.pinned} />
    </div>
  )
}
