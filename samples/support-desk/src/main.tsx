import { EvenkeelProvider } from '@evenkeel/client'
import { createControls } from '@evenkeel/client/controls'
import { EvenkeelOverlay } from '@evenkeel/client/overlay'
import { createRedactor } from '@evenkeel/client/redact'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { LanguageContext, languageOf } from './language.ts'
import { patternOf } from './route.ts'
import '@fontsource-variable/inter'
import './styles/tokens.css'
import './styles/base.css'
import './styles/desk.css'
import './styles/labels.css'
import './styles/reply.css'
import './styles/digest.css'
import './styles/demo.css'

/** The server says in the page where it runs, so that one build serves every environment. */
const environment = document.querySelector<HTMLMetaElement>('meta[name="evenkeel-environment"]')?.content

const controls = createControls()
// The desk asks its agents for comments, and so has chosen to keep them: without addresses, numbers and keys.
const redact = createRedactor()
const language = languageOf(location.search)
document.documentElement.lang = language.tag

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id root.')

createRoot(root).render(
  <StrictMode>
    <EvenkeelProvider
      service="support-desk"
      environment={environment ?? 'development'}
      route={() => patternOf(location.hash)}
      controls={controls}
      content="redacted"
      redact={redact}
      deck={language.deck}
    >
      <LanguageContext value={language}>
        <App />
        <EvenkeelOverlay />
      </LanguageContext>
    </EvenkeelProvider>
  </StrictMode>,
)
