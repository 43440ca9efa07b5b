import { defineFeature, EvenkeelProvider, StreamedText, useAI } from '@evenkeel/client'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { earlierAnswers, stage, streamUrl } from './stage.ts'

const MINUTE_MS = 60_000

const answer = defineFeature({
  id: 'bench-answer',
  interaction: 'progressive',
  // The long stream takes 24 s, more than a progressive answer is given by default.
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
  return (
    <>
      {earlierAnswers.map((text) => (
        <div className="answer" key={text}>
          <span>{text}</span>
        </div>
      ))}
      <StreamedText run={run} className="answer" />
    </>
  )
}

createRoot(document.getElementById('root') ?? document.body).render(
  <EvenkeelProvider environment="bench">
    <Answer />
  </EvenkeelProvider>,
)
