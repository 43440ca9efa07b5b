import { useId, useState } from 'react'
import { type Control, useOperator } from './operator.ts'

const FEATURES = [
  { id: 'draft-reply', name: 'Draft a reply' },
  { id: 'classify-ticket', name: 'Sort by AI' },
  { id: 'weekly-digest', name: 'Weekly digest' },
] as const

/** What an operator can do during an incident: switch a feature off, cap it, say something, or roll its prompt back. */
export function ControlsSection({ isShown }: { readonly isShown: boolean }) {
  const { controls, failed, flip } = useOperator(isShown)
  const [feature, setFeature] = useState<string>(FEATURES[0].id)
  const { enabled, prompt, notice, 'max-level': level } = controls?.[feature] ?? {}
  const change = (what: Readonly<Record<string, unknown>>) => flip(feature, what)
  return (
    <fieldset className="demo-choices" disabled={controls === null}>
      <legend>Controls</legend>
      <Select
        name="Feature"
        value={feature}
        options={FEATURES.map(({ id, name }) => [id, name])}
        onChoose={setFeature}
      />
      <label className="demo-choice">
        <input
          type="checkbox"
          checked={enabled?.inForce !== false}
          onChange={({ target }) => change({ enabled: target.checked })}
        />
        <span className="demo-name">Switched on</span>
        <span>The kill switch: every open tab knows within a second, and a running answer stops.</span>
      </label>
      <ControlSelect
        name="Level at most"
        control={level}
        say={(value, variant) => `${value} ${variant}`}
        onChoose={(value) => change({ 'max-level': value })}
      />
      <ControlSelect
        name="Prompt"
        control={prompt}
        say={(value) => `Version ${value}`}
        onChoose={(value) => change({ prompt: value })}
      />
      <ControlSelect
        name="Notice"
        control={notice}
        say={(value) => (value === '' ? 'None' : String(value))}
        onChoose={(value) => change({ notice: value })}
      />
      <p className="demo-status" role="status">
        {failed ? 'The server did not take the flip.' : 'Flips are made on the server, and in its audit log.'}
      </p>
    </fieldset>
  )
}

interface ControlSelectProps {
  readonly name: string
  /** Absent until the server has said what there is. */
  readonly control: Control | undefined
  readonly say: (value: unknown, variant: string) => string
  readonly onChoose: (value: unknown) => void
}

function ControlSelect({ name, control, say, onChoose }: ControlSelectProps) {
  const variants = Object.entries(control?.variants ?? {})
  return (
    <Select
      name={name}
      value={variants.find(([, value]) => value === control?.inForce)?.[0] ?? ''}
      options={variants.map(([variant, value]) => [variant, say(value, variant)])}
      onChoose={(variant) => onChoose(control?.variants[variant])}
    />
  )
}

interface SelectProps {
  readonly name: string
  readonly value: string
  readonly options: readonly (readonly [value: string, words: string])[]
  readonly onChoose: (value: string) => void
}

function Select({ name, value, options, onChoose }: SelectProps) {
  const id = useId()
  return (
    <div className="demo-select">
      <label htmlFor={id}>{name}</label>
      <select id={id} value={value} onChange={({ target }) => onChoose(target.value)}>
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}
