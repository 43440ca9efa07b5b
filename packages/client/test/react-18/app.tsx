import { StrictMode, useEffect, version } from 'react'
import {
  defineFeature,
  EvenkeelProvider,
  FeedbackBar,
  Notice,
  StreamedText,
  useAI,
  useRunText,
} from '../../src/index.ts'

const greeting = defineFeature<string>({
  id: 'greeting',
  interaction: 'progressive',
  ladder: [{ step: 'model', url: '/greeting', protocol: 'text' }, { step: 'omit' }],
})

function Greeting() {
  const run = useAI(greeting)
  const { start } = run
  const text = useRunText(run)
  useEffect(() => {
    void start('Anna')
  }, [start])
  return (
    <section data-react={version}>
      <StreamedText run={run} />
      <Notice run={run} />
      <FeedbackBar run={run} />
      <output>{text}</output>
    </section>
  )
}

/** A feature that asks by itself; `onRequest` is called for each request that it makes. */
export function createApp(onRequest: () => void) {
  const answer = async () => {
    onRequest()
    return new Response('Hello Anna.', { headers: { 'content-type': 'text/plain' } })
  }
  return (
    <StrictMode>
      <EvenkeelProvider sandbox fetch={answer}>
        <Greeting />
      </EvenkeelProvider>
    </StrictMode>
  )
}
