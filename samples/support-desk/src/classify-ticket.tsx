import { defineFeature, FeedbackBar, Notice, useAI, useRunObject } from '@evenkeel/client'
import { useEffect, useRef } from 'react'
import { changedShare } from './changed-share.ts'
import { type Classification, classification, LANGUAGES, TOPICS, URGENCIES } from './classification.ts'
import type { Labels } from './desk.ts'
import { LabelField } from './label-field.tsx'
import { useTexts, useWords } from './language.ts'
import { sortByRules } from './sort-by-rules.ts'
import type { Ticket } from './ticket.ts'

const URL = '/api/ai/classify-ticket'

const classifyTicket = defineFeature<Ticket, Classification>({
  id: 'classify-ticket',
  interaction: 'synchronous', // complete 1 s, given up after 2.5 s
  schema: classification,
  idempotent: true,
  ladder: [
    { step: 'model', url: URL },
    { step: 'model', url: URL, tier: 'fast' },
    { step: 'template', render: sortByRules },
    { step: 'omit' },
  ],
  levels: [
    { level: 5, name: 'full', startAt: 'model', told: false },
    { level: 2, name: 'by keywords', startAt: 'template', told: true },
    { level: 1, name: 'by hand', startAt: 'omit', told: true },
  ],
})

interface ClassifyTicketProps {
  readonly ticket: Ticket
  readonly labels: Labels
  readonly onLabels: (labels: Labels) => void
}

/** How the ticket is sorted: three fields that fill in while the model answers, and that a hand can change at any time. */
export function ClassifyTicket({ ticket, labels, onLabels }: ClassifyTicketProps) {
  const run = useAI(classifyTicket)
  const arriving = useRunObject(run)
  const texts = useTexts().labels
  const words = useWords('classify-ticket')
  /** Set by hand since the run began: the answer leaves these alone. */
  const byHand = useRef<Labels>({})
  const isRunning = run.phase === 'waiting' || run.phase === 'streaming'
  const shown = isRunning ? { ...labels, ...arriving, ...byHand.current } : labels

  const { output } = run
  const give = useRef(onLabels)
  useEffect(() => {
    give.current = onLabels
  })
  useEffect(() => {
    if (output !== null) give.current({ ...output, ...byHand.current })
  }, [output])

  function start() {
    byHand.current = {}
    void run.start(ticket)
  }

  function choose(set: Labels) {
    byHand.current = { ...byHand.current, ...set }
    onLabels(set)
    if (run.output !== null) run.signal('edit', { value: changedShare(run.output, byHand.current) })
  }

  return (
    <section className="labels" data-phase={run.phase} aria-label={texts.title}>
      <div className="label-fields">
        <LabelField
          name={texts.fields.topic}
          choices={TOPICS}
          words={texts.topic}
          value={shown.topic}
          isAwaited={isRunning && arriving?.topic === undefined}
          onChoose={(topic) => choose({ topic })}
        />
        <LabelField
          name={texts.fields.urgency}
          choices={URGENCIES}
          words={texts.urgency}
          value={shown.urgency}
          isAwaited={isRunning && arriving?.urgency === undefined}
          onChoose={(urgency) => choose({ urgency })}
        />
        <LabelField
          name={texts.fields.language}
          choices={LANGUAGES}
          words={texts.language}
          value={shown.language}
          isAwaited={isRunning && arriving?.language === undefined}
          onChoose={(language) => choose({ language })}
        />
      </div>
      <button type="button" className="button button-accent" onClick={start}>
        {run.controls.enabled ? texts.start : texts.off}
      </button>
      {run.phase === 'idle' && <p className="soft labels-hint">{texts.hint}</p>}
      <Notice run={run} words={words} />
      <FeedbackBar run={run} words={words} reasons={NO_REASONS} />
    </section>
  )
}

const NO_REASONS: readonly string[] = []
