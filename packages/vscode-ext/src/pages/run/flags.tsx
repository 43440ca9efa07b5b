import type { FlagRecord } from '@evenkeel/shared'
import { Section, Unknown } from './fact.tsx'

/** The flags in force, as their provider explained them. */
export function Flags({ flags }: { readonly flags: readonly FlagRecord[] }) {
  return (
    <Section title="Flags in force">
      {flags.length === 0 ? (
        <p className="empty">None in the record: the run had its defaults.</p>
      ) : (
        <ul className="list">
          {flags.map(({ key, variant, reason }) => (
            <li key={key}>
              <code>{key}</code>
              <span className="list-value">{variant ?? <Unknown />}</span>
              <span className="list-note">{reason ?? <Unknown />}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
