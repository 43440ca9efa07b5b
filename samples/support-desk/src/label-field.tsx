import { useId } from 'react'
import { useTexts } from './language.ts'

interface LabelFieldProps<Choice extends string> {
  readonly name: string
  readonly choices: readonly Choice[]
  readonly words: Readonly<Record<Choice, string>>
  /** What is no choice, such as half of a word that is still arriving, shows as not set. */
  readonly value: string | undefined
  /** The model has not come to it yet. */
  readonly isAwaited: boolean
  readonly onChoose: (choice: Choice) => void
}

/** One field of a ticket: its name and its value in one box, that keeps its size whatever is in it. */
export function LabelField<Choice extends string>(props: LabelFieldProps<Choice>) {
  const { name, choices, words, value, isAwaited, onChoose } = props
  const id = useId()
  const unset = useTexts().labels.unset
  const chosen = choices.find((choice) => choice === value)
  return (
    <div className="label-field" data-awaited={isAwaited} data-set={chosen !== undefined}>
      <label htmlFor={id}>{name}</label>
      <select
        id={id}
        value={chosen ?? ''}
        onChange={({ target }) => {
          const choice = choices.find((each) => each === target.value)
          if (choice !== undefined) onChoose(choice)
        }}
      >
        <option value="" disabled hidden>
          {unset}
        </option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {words[choice]}
          </option>
        ))}
      </select>
    </div>
  )
}
