import { sayFigures } from './describe-mark.ts'
import { placeLabels } from './lanes.ts'
import type { MomentsRow } from './layout.ts'
import { placeStyle } from './place.ts'
import type { Walk } from './use-walk.ts'

const LANE_PX = 24

export interface MomentMarksProps {
  readonly row: MomentsRow
  readonly plotPx: number
  readonly walk: Walk
}

/** What the user was told, each at its time, in as many lanes as it takes for no two to touch. */
export function MomentMarks({ row: { moments }, plotPx, walk }: MomentMarksProps) {
  if (moments.length === 0) return null
  const places = placeLabels(
    moments.map(({ start, name }) => ({ position: start, text: `${name}  ` })),
    plotPx,
  )
  const lanes = Math.max(1, ...places.map(({ lane }) => lane + 1))
  return (
    <li className="row moments-row">
      <div className="row-label">
        <span className="row-name">Moments</span>
        <span className="row-note">what the user was told</span>
      </div>
      <div className="plot" dir="ltr">
        <div className="moment-lanes" style={{ height: lanes * LANE_PX }}>
          {moments.map((moment, index) => {
            const place = places[index]
            if (place === undefined) return null
            return (
              <button
                key={moment.id}
                {...walk.propsOf(moment)}
                className="moment"
                data-side={place.side}
                style={{ ...placeStyle(moment.start, place.side), top: place.lane * LANE_PX }}
              >
                {moment.name}
                <span className="heard-only">: {sayFigures(moment)}</span>
              </button>
            )
          })}
        </div>
      </div>
    </li>
  )
}
