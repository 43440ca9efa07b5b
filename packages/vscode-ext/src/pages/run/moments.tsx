import type { MomentRecord } from '@evenkeel/shared'
import { formatExactMs, formatMs } from '../../engine/words/duration.ts'
import { Section } from './fact.tsx'

/** What the user was told, and when. */
export function Moments({ moments }: { readonly moments: readonly MomentRecord[] }) {
  return (
    <Section title="What the user was told">
      {moments.length === 0 ? (
        <p className="empty">Nothing: no moment was shown in this run.</p>
      ) : (
        <ol className="list">
          {moments.map(({ moment, atMs, deck, silent }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a record never changes, and a moment may come twice at one time
            <li key={index}>
              <code>{moment}</code>
              <span className="list-value" title={formatExactMs(atMs)}>
                {formatMs(atMs)}
              </span>
              <span className="list-note">
                {deck === null ? 'default words' : `deck ${deck}`}
                {silent ? ', silent on purpose' : null}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
