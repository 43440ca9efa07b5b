import { useTexts } from './language.ts'

interface SavedRepliesProps {
  readonly customer: string
  readonly onUse: (reply: string) => void
}

/** What the desk offered before there was any AI, and offers where there is none. */
export function SavedReplies({ customer, onUse }: SavedRepliesProps) {
  const texts = useTexts().draft
  return (
    <div className="saved-replies">
      <p className="soft">{texts.saved}</p>
      <ul>
        {texts.savedReplies.map(({ name, text }) => (
          <li key={name}>
            <button type="button" className="button" onClick={() => onUse(text(customer))}>
              {name}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
