import {
  AIBoundary,
  defineFeature,
  EvenkeelProvider,
  type Feature,
  FeedbackBar,
  Notice,
  StreamedText,
  useAI,
  useRunObject,
  useRunText,
} from '@evenkeel/client'
import { keepInIndexedDB } from '@evenkeel/client/cache'
import { createControls } from '@evenkeel/client/controls'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { budgetOf } from '../fault.ts'
import { FALLBACK, STRUCTURED, TEMPLATE } from '../texts.ts'
import { job, stage } from './stage.ts'

interface Label {
  readonly label: string
  readonly urgency: number
}

const INPUT = { question: 'Where is my parcel?' }
/** As long as most answers are; the long one is some lines longer than the place that was kept for it. */
const RESERVED_LINES = job.isLong ? 10 : 4

const urlOf = (tier: 'primary' | 'fast'): string => {
  if (tier === 'primary' && job.refusedUrl !== null) return `${job.refusedUrl}/ai/${job.id}/primary`
  return `/ai/${job.id}/${job.isOneDomain ? 'model' : tier}`
}

const templateOr = <Answer,>(answer: Answer): Answer => {
  if (job.throwsIn === 'template') throw new Error('the template of the app')
  return answer
}

const common = {
  id: job.id,
  interaction: job.interaction,
  budget: budgetOf(job.interaction, job.isTimed),
  reserveLines: RESERVED_LINES,
  whenKilled: job.whenKilled,
  ...(job.hedge !== null && { idempotent: true, hedgeShare: job.hedge === 'chosen' ? 1 : 0 }),
}
const models = [
  { step: 'model', url: urlOf('primary') },
  { step: 'model', url: urlOf('fast'), tier: 'fast', ...(job.hedge !== null && { hedge: true }) },
] as const

const draft = defineFeature<typeof INPUT>({
  ...common,
  ladder: [
    ...models,
    ...(job.isCached ? [{ step: 'cache', maxAgeMs: 60_000 } as const] : []),
    ...(job.isBare ? [] : [{ step: 'template', render: () => templateOr(TEMPLATE) } as const]),
    { step: 'omit' },
  ],
})

const label = defineFeature<typeof INPUT, Label>({
  ...common,
  ladder: [
    ...models,
    ...(job.isBare ? [] : [{ step: 'template', render: () => templateOr(STRUCTURED.template) } as const]),
    { step: 'omit' },
  ],
  schema: {
    '~standard': {
      version: 1,
      vendor: 'faults',
      validate: (value) =>
        typeof (value as Label | null)?.urgency === 'number'
          ? { value: value as Label }
          : { issues: [{ message: 'urgency is no number', path: ['urgency'] }] },
    },
  },
})

const Fallback = () => <p className="fallback">{FALLBACK}</p>

/** Everything around the answer is as a product would have it: the place for it is there from the start. */
function Surface<Output>({
  feature,
  Answer,
}: {
  readonly feature: Feature<typeof INPUT, Output>
  readonly Answer: (props: {
    readonly run: ReturnType<typeof useAI<typeof INPUT, Output, string>>
  }) => React.ReactNode
}) {
  const run = useAI(feature)
  const isBusy = run.phase === 'waiting' || run.phase === 'streaming'
  stage.start = () => void run.start(INPUT)
  stage.regenerate = () => void run.regenerate()
  return (
    <section>
      <p id="busy">{isBusy ? 'Working…' : null}</p>
      <Answer run={run} />
      <Notice run={run} className="notice" />
      <FeedbackBar run={run} />
    </section>
  )
}

function Draft({ run }: { readonly run: ReturnType<typeof useAI<typeof INPUT, string, string>> }) {
  return <StreamedText run={run} className="answer" fallback={<Fallback />} />
}

/** Drawn by the product itself, badly. */
function Drawing({ run }: { readonly run: ReturnType<typeof useAI<typeof INPUT, string, string>> }) {
  const text = useRunText(run)
  const isDue = job.throwsIn === 'drawing' ? text.length > 20 : run.phase === 'settled'
  if (isDue) throw new Error('the drawing of the app')
  return <span>{text}</span>
}

function Drawn({ run }: { readonly run: ReturnType<typeof useAI<typeof INPUT, string, string>> }) {
  return (
    <AIBoundary run={run} className="answer place" fallback={<Fallback />}>
      <Drawing run={run} />
    </AIBoundary>
  )
}

function Fields({ run }: { readonly run: ReturnType<typeof useAI<typeof INPUT, Label, string>> }) {
  const partial = useRunObject(run)
  const shown = run.output ?? (run.phase === 'settled' ? undefined : partial)
  return (
    <div className="answer place">
      {shown?.label === undefined ? null : (
        <p className="fallback">{run.output === null ? shown.label : `${shown.label} (${shown.urgency})`}</p>
      )}
      {run.outcome === 'omitted' || run.outcome === 'disabled' ? <Fallback /> : null}
    </div>
  )
}

function controlsOf(flags: typeof job.flags) {
  if (flags === 'none') return null
  if (flags !== 'live') return createControls({ url: `/${flags}` })
  const controls = createControls()
  stage.isInformed = false
  const look = () => {
    const { enabled, flags: known } = controls.of(job.id)
    stage.isInformed ||= known.length > 0
    stage.isOn = enabled
  }
  controls.onChange(look)
  look()
  return controls
}

const controls = controlsOf(job.flags)
const cache = { store: keepInIndexedDB({ name: `answers of ${job.id}` }) }

function App() {
  const [isShown, setIsShown] = useState(true)
  stage.unmount = () => {
    // Whoever takes it away keeps its place, or fills it: that is not the library's to do.
    const root = document.getElementById('root')
    if (root !== null) root.style.minHeight = `${root.offsetHeight}px`
    setIsShown(false)
  }
  if (!isShown) return null
  return job.isStructured ? (
    <Surface feature={label} Answer={Fields} />
  ) : (
    <Surface feature={draft} Answer={job.throwsIn?.startsWith('drawing') ? Drawn : Draft} />
  )
}

createRoot(document.getElementById('root') ?? document.body, {
  // React writes what a boundary caught to the console, unless the product has its own place for it.
  onCaughtError: () => {},
}).render(
  <EvenkeelProvider
    environment="faults"
    user={job.id}
    {...(controls === null ? {} : { controls })}
    {...(job.isOnDisk ? { cache } : {})}
    onRun={(record) => stage.records.push(record)}
    onBug={(where, error) => stage.bugs.push(`${where}: ${error instanceof Error ? error.message : error}`)}
  >
    <App />
  </EvenkeelProvider>,
)
