import { EvenkeelProvider, type Purge, useAI } from '@evenkeel/client'
import { type IndexedDBAnswers, keepInIndexedDB } from '@evenkeel/client/cache'
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { draft, memo } from './features.ts'
import { type SignedIn, signedIn, signIn, tellSession } from './session.ts'
import { type Witness, watchTab } from './witness.ts'

/** What the driver can have an open tab do in which one signs out and another in. */
export interface SwitchingApp extends Witness {
  /** Asks and speaks of the answer; resolves with the run's id. */
  askAndSpeak(input: string, comment: string): Promise<string>
  /** Asks for what goes on when its place is gone; resolves with the run's id at once. */
  askAside(input: string): string | null
  /** Resolves once the page shows it. */
  signIn(session: SignedIn): Promise<void>
  /** Throws away what is kept; resolves with how many answers. */
  clear(): Promise<number>
  readonly purges: readonly Purge[]
}

tellSession()
const witness = watchTab()
const purges: Purge[] = []
const store: IndexedDBAnswers = keepInIndexedDB()
let surface: Pick<SwitchingApp, 'askAndSpeak' | 'askAside'> | null = null
let changeSession = (_session: SignedIn) => {}

function Surface() {
  const drafting = useAI(draft)
  const aside = useAI(memo)
  const { text } = drafting.store
  useEffect(() => {
    surface = {
      async askAndSpeak(input, comment) {
        const { runId } = await drafting.start(input)
        drafting.signal('thumbs', { value: -1, comment })
        return runId
      },
      askAside(input) {
        void aside.start(input)
        return aside.store.state.runId
      },
    }
  })
  return (
    <p>
      {drafting.phase} {text}
    </p>
  )
}

function App() {
  const [{ tenant, user }, setSession] = useState(signedIn)
  useEffect(() => {
    changeSession = setSession
  }, [])
  return (
    <EvenkeelProvider
      environment="faults"
      service="product"
      content="full"
      tenant={tenant}
      user={user}
      cache={{ store, onPurge: (purge) => purges.push(purge) }}
    >
      <Surface />
    </EvenkeelProvider>
  )
}

function theSurface() {
  if (surface === null) throw new Error('Nothing is mounted.')
  return surface
}

const app: SwitchingApp = {
  get drawn() {
    return witness.drawn
  },
  heard: witness.heard,
  askAndSpeak: (input, comment) => theSurface().askAndSpeak(input, comment),
  askAside: (input) => theSurface().askAside(input),
  async signIn(session) {
    // As a product does it: the session is another one first, and then the page hears of it.
    signIn(session)
    surface = null
    changeSession(session)
    while (surface === null) await new Promise((resolve) => setTimeout(resolve, 10))
  },
  clear: () => store.clear(),
  purges,
}
Object.assign(globalThis, { app })

const root = document.createElement('div')
document.body.append(root)
createRoot(root).render(<App />)
