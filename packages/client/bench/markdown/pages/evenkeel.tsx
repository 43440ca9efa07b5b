import { defineFeature, EvenkeelProvider, useAI } from '@evenkeel/client'
import { StreamedMarkdown } from '@evenkeel/client/markdown'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { stage, streamUrl } from '../../stream/pages/stage.ts'

const MINUTE_MS = 60_000

const answer = defineFeature({
  id: 'bench-markdown',
  interaction: 'progressive',
  // The stream takes longer than a progressive answer is given by default.
  budget: { completeMs: MINUTE_MS, giveUpMs: 2 * MINUTE_MS },
  ladder: [{ step: 'model', url: streamUrl('ai-sdk') }, { step: 'omit' }],
})

function Answer() {
  stage.renders += 1
  const run = useAI(answer)
  stage.start = () => void run.start({})
  const { phase } = run
  useEffect(() => {
    if (phase === 'settled') stage.markEnded()
  }, [phase])
  return <StreamedMarkdown run={run} className="answer" />
}

createRoot(document.getElementById('root') ?? document.body).render(
  <EvenkeelProvider environment="bench">
    <Answer />
  </EvenkeelProvider>,
)
