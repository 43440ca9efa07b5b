import { type Forced, forcedInWords } from './forced.ts'

interface ForcedListProps {
  readonly forced: readonly Forced[]
  readonly onClear: (id?: number) => void
}

/** What is in force, with the way to end it. */
export function ForcedList({ forced, onClear }: ForcedListProps) {
  return (
    <div className="forced">
      <p role="status" className="soft">
        {forced.length === 0 ? 'Nothing is forced.' : `${forced.length} forced:`}
      </p>
      {forced.length > 0 && (
        <ul>
          {forced.map(({ id, feature, forcing, until }) => (
            <li key={id}>
              <span>
                <strong>{forcedInWords(forcing)}</strong>{' '}
                <span className="soft">
                  {feature ?? 'every feature'}, {until === 'next-run' ? 'next run' : 'until cleared'}
                </span>
              </span>
              <button
                type="button"
                className="button"
                aria-label={`Clear ${forcedInWords(forcing)}`}
                onClick={() => onClear(id)}
              >
                Clear
              </button>
            </li>
          ))}
        </ul>
      )}
      {forced.length > 1 && (
        <button type="button" className="button" onClick={() => onClear()}>
          Clear all
        </button>
      )}
    </div>
  )
}
