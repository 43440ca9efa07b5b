import { FeedbackBar, Notice, useRunParts } from '@evenkeel/client'
import { FeedbackComment } from '@evenkeel/client/feedback'
import { renderMarkdown, StreamedMarkdown } from '@evenkeel/client/markdown'
import { useLayoutEffect, useRef } from 'react'
import { AnswerCode } from './answer-code.tsx'
import { DigestCounts } from './digest-counts.tsx'
import { progressIn } from './digest-progress.ts'
import { DigestSteps } from './digest-steps.tsx'
import { Icon } from './icons.tsx'
import type { KeptDigest } from './kept-digest.ts'
import { useTexts, useWords } from './language.ts'
import type { Ticket } from './ticket.ts'
import { Age } from './time.tsx'
import type { Digest } from './weekly-digest.ts'

interface DigestPaneProps {
  readonly digest: Digest
  readonly tickets: readonly Ticket[]
  readonly now: number
  readonly onBack: () => void
}

/** The weekly digest's own place in the desk: how far it is, the digest, and the counts where there is none. */
export function DigestPane({ digest: { run, kept, write }, tickets, now, onBack }: DigestPaneProps) {
  const texts = useTexts()
  const words = useWords('weekly-digest')
  const progress = progressIn(useRunParts(run))
  const isRunning = run.phase === 'waiting' || run.phase === 'streaming'
  const isFirst = run.phase === 'idle' && kept === null
  return (
    <main className="pane digest" data-phase={run.phase}>
      <header className="pane-header">
        <button type="button" className="icon-button back" onClick={onBack} aria-label={texts.ticket.back}>
          <Icon name="back" mirrored />
        </button>
        <div className="pane-title">
          <h1>{texts.digest.title}</h1>
          <p className="soft">{texts.digest.about(tickets.length)}</p>
        </div>
        {isRunning ? (
          <button type="button" className="button" onClick={run.stop}>
            <Icon name="stop" />
            {texts.digest.stop}
          </button>
        ) : (
          <button
            type="button"
            className="button button-accent"
            disabled={!run.controls.enabled}
            onClick={write}
          >
            {run.controls.enabled ? texts.digest.start : texts.digest.off}
          </button>
        )}
      </header>
      <div className="digest-status">
        <Notice run={run} words={words} />
        {run.phase === 'idle' && kept !== null && (
          <p className="soft digest-kept">
            {texts.digest.kept} <Age at={kept.atEpochMs} now={now} />
          </p>
        )}
        <DigestSteps progress={progress} phase={run.phase} outcome={run.outcome} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="digest-page" aria-label={texts.digest.title} tabIndex={0}>
        {isFirst && (
          <div className="digest-first">
            <Icon name="digest" />
            <p>{texts.digest.first}</p>
          </div>
        )}
        {run.phase === 'idle' && kept !== null && <KeptPage kept={kept} />}
        <StreamedMarkdown run={run} words={words} fallback={<DigestCounts tickets={tickets} />} />
        <AnswerCode run={run} feature="weekly-digest" />
        <FeedbackBar run={run} words={words}>
          {(feedback) => <FeedbackComment feedback={feedback} words={words} />}
        </FeedbackBar>
      </section>
    </main>
  )
}

/** Written before this page was loaded; model output all the same, so that it is drawn by the same parser. */
function KeptPage({ kept }: { readonly kept: KeptDigest }) {
  const page = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    page.current?.replaceChildren(renderMarkdown(kept.text))
  }, [kept.text])
  return <div ref={page} className="evenkeel-markdown digest-kept-page" dir="auto" />
}
