import { defineFeature, FeedbackBar, Notice, StreamedText, useAI } from '@evenkeel/client'
import { DraftActions } from './draft-actions.tsx'
import { useTexts, useWords } from './language.ts'
import type { Ticket } from './ticket.ts'

const draftReply = defineFeature<Ticket>({
  id: 'draft-reply',
  interaction: 'progressive', // first token 500 ms, complete 5 s
  reserveLines: 12, // what a usual draft takes, so that nothing moves while it is written
  ladder: [
    { step: 'model', url: '/api/ai/draft-reply' },
    { step: 'model', url: '/api/ai/draft-reply', tier: 'fast' },
    { step: 'cache', maxAgeMs: 7 * 24 * 3600_000 },
    { step: 'template', render: (ticket) => `Hi ${ticket.customer}, thank you for writing.` },
    { step: 'omit' },
  ],
})

export function DraftReply({ ticket, onUse }: { ticket: Ticket; onUse: (draft: string) => void }) {
  const run = useAI(draftReply)
  const texts = useTexts().draft
  const words = useWords('draft-reply')
  return (
    <section className="draft" data-phase={run.phase} aria-label={texts.title}>
      <button
        type="button"
        className="button button-accent"
        disabled={!run.controls.enabled}
        onClick={() => run.start(ticket)}
      >
        {run.controls.enabled ? texts.start : texts.off}
      </button>
      <DraftActions run={run} onUse={onUse} />
      <StreamedText run={run} words={words} />
      <Notice run={run} words={words} />
      <FeedbackBar run={run} words={words} />
    </section>
  )
}
