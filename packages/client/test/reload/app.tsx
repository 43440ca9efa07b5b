import { defineFeature, StreamedText, useAI } from '@evenkeel/client'
import { pickUpAfterReload } from '@evenkeel/client/reload'
import { StrictMode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'

const feature = defineFeature<string>({
  id: 'draft-reply',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/draft' }, { step: 'omit' }],
})

function App() {
  const run = useAI(feature)
  useEffect(() => pickUpAfterReload(run.store, 'x', { entity: 'ticket-1' }), [run.store])
  return (
    <main data-phase={run.phase} data-outcome={run.outcome} data-run={run.runId}>
      <button type="button" onClick={() => run.start('x')}>
        Draft
      </button>
      <StreamedText run={run} />
    </main>
  )
}

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
