import { defineFeature, FeedbackBar, Notice, type Run, StreamedText, useAI } from '@evenkeel/client'
import { FeedbackComment } from '@evenkeel/client/feedback'
import { useRef, useState } from 'react'
import { AnswerCode } from './answer-code.tsx'
import { DraftActions, type Taken } from './draft-actions.tsx'
import { useTexts, useWords } from './language.ts'
import { SavedReplies } from './saved-replies.tsx'
import type { Ticket } from './ticket.ts'
import type { Tone } from './tone.ts'
import { ToneField } from './tone-field.tsx'

/** What a draft depends on, and no more: the same message gives an earlier draft again where no model answers. */
interface DraftInput extends Pick<Ticket, 'customer' | 'subject' | 'body'> {
  readonly tone: Tone
}

const draftReply = defineFeature<DraftInput, string, 'tone'>({
  id: 'draft-reply',
  interaction: 'progressive', // first token 500 ms, complete 5 s
  reserveLines: 12, // what a usual draft takes, so that nothing moves while it is written
  ladder: [
    { step: 'model', url: '/api/ai/draft-reply' },
    { step: 'model', url: '/api/ai/draft-reply', tier: 'fast' },
    { step: 'cache', maxAgeMs: 7 * 24 * 3600_000 },
    { step: 'template', render: ({ customer }) => `Hi ${customer}, thank you for writing.` },
    { step: 'omit' },
  ],
  levels: [
    { level: 5, name: 'full', startAt: 'model', told: false, capabilities: ['tone'] },
    { level: 3, name: 'basic', startAt: { step: 'model', tier: 'fast' }, told: true },
    { level: 2, name: 'without a model', startAt: 'cache', told: true },
    { level: 1, name: 'saved replies', startAt: 'omit', told: true },
  ],
})

interface DraftReplyProps {
  readonly ticket: Ticket
  /** A text for the reply, and the run that wrote it; a saved reply has none. */
  readonly onUse: (text: string, run: Run | null) => void
}

export function DraftReply({ ticket, onUse }: DraftReplyProps) {
  const run = useAI(draftReply)
  const start = useRef<HTMLButtonElement>(null)
  const [last, setLast] = useState<{ readonly runId: string | null; readonly taken: Taken } | null>(null)
  const taken = last !== null && last.runId === run.runId ? last.taken : null
  const { customer, subject, body } = ticket
  const [tone, setTone] = useState<Tone>('warm')
  const texts = useTexts().draft
  const words = useWords('draft-reply')

  function use(draft: string, by: Run) {
    setLast({ runId: run.runId, taken: 'used' })
    onUse(draft, by)
  }

  function dismiss() {
    setLast({ runId: run.runId, taken: 'dismissed' })
    run.signal('dismiss')
    // The button that had the focus is gone with the draft.
    start.current?.focus()
  }

  return (
    <section className="draft" data-phase={run.phase} aria-label={texts.title}>
      <button
        ref={start}
        type="button"
        className="button button-accent"
        disabled={!run.controls.enabled}
        onClick={() => run.start({ customer, subject, body, tone })}
      >
        {run.controls.enabled ? texts.start : texts.off}
      </button>
      <ToneField tone={tone} isOffered={run.can('tone')} onChoose={setTone} />
      <DraftActions run={run} taken={taken} onUse={use} onDismiss={dismiss} />
      <StreamedText
        run={run}
        words={words}
        fallback={<SavedReplies customer={customer} onUse={(reply) => onUse(reply, null)} />}
      />
      <Notice run={run} words={words} />
      <AnswerCode run={run} feature="draft-reply" />
      <FeedbackBar run={run} words={words}>
        {(feedback) => <FeedbackComment feedback={feedback} words={words} />}
      </FeedbackBar>
    </section>
  )
}
