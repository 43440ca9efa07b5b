import { Icon } from './icons.tsx'
import { useTexts } from './language.ts'
import { Age } from './time.tsx'
import type { Digest } from './weekly-digest.ts'

interface DigestEntryProps {
  readonly digest: Digest
  readonly now: number
  readonly isOpen: boolean
  readonly onOpen: () => void
}

/** The way to the digest from anywhere in the desk; it says that one is being written, and when the last was. */
export function DigestEntry({ digest: { run, kept }, now, isOpen, onOpen }: DigestEntryProps) {
  const texts = useTexts().digest
  const isRunning = run.phase === 'waiting' || run.phase === 'streaming'
  return (
    <button
      type="button"
      className="digest-entry"
      aria-current={isOpen ? 'page' : undefined}
      data-running={isRunning}
      onClick={onOpen}
    >
      <Icon name="digest" />
      <span className="digest-entry-name">{texts.title}</span>
      <span className="digest-entry-state">
        {isRunning ? texts.underWay : kept !== null && <Age at={kept.atEpochMs} now={now} />}
      </span>
    </button>
  )
}
