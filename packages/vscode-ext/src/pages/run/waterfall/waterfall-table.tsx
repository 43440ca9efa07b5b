import { formatExactMs } from '../../../engine/words/duration.ts'
import { type Mark, marksByRow, type WaterfallLayout } from './layout.ts'

/** The waterfall's figures as a table: the same marks in the same order. */
export function WaterfallTable({ layout }: { readonly layout: WaterfallLayout }) {
  return (
    // Wider than a side bar: it scrolls by itself, and the keyboard can reach it to do so.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="table-scroll" aria-label="Table of times" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" className="number">
              From
            </th>
            <th scope="col" className="number">
              To
            </th>
            <th scope="col" className="number">
              Took
            </th>
            <th scope="col">Note</th>
          </tr>
        </thead>
        {marksByRow(layout).map((row) => (
          <tbody key={row[0]?.id}>
            {row.map((mark) => (
              <MarkLine key={mark.id} mark={mark} part={row[0]?.kind === 'attempt' && mark !== row[0]} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  )
}

function MarkLine({ mark, part }: { readonly mark: Mark; readonly part: boolean }) {
  const { name, fromMs, toMs, note } = mark
  return (
    <tr>
      <th scope="row" data-part={part}>
        {name}
      </th>
      <td className="number">{formatExactMs(fromMs)}</td>
      <td className="number">{toMs === null ? '–' : formatExactMs(toMs)}</td>
      <td className="number">{toMs === null ? '–' : formatExactMs(toMs - fromMs)}</td>
      <td>{note}</td>
    </tr>
  )
}
