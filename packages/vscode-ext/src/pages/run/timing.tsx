import '@vscode-elements/elements/dist/vscode-button/index.js'
import type { RunRecord } from '@evenkeel/shared'
import { useMemo, useState } from 'react'
import { layOut } from './waterfall/layout.ts'
import { Waterfall } from './waterfall/waterfall.tsx'
import { WaterfallTable } from './waterfall/waterfall-table.tsx'

/** The run in time: as a waterfall, or as a table of the same figures. */
export function Timing({ run }: { readonly run: RunRecord }) {
  const [asTable, setAsTable] = useState(false)
  const layout = useMemo(() => layOut(run), [run])
  return (
    <section className="timing" aria-labelledby="timing">
      <div className="timing-head">
        <h2 id="timing">Time from the trigger</h2>
        <vscode-button secondary onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Show as waterfall' : 'Show as table'}
        </vscode-button>
      </div>
      {asTable ? <WaterfallTable layout={layout} /> : <Waterfall key={run.runId} layout={layout} />}
    </section>
  )
}
