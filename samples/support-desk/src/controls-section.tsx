import { useOperator } from './operator.ts'

const PROMPTS = [
  { version: '2', name: 'Version 2' },
  { version: '1', name: 'Version 1, the one before' },
] as const

/** What an operator could do during an incident: switch the feature off, or roll its prompt back. */
export function ControlsSection({ isShown }: { readonly isShown: boolean }) {
  const { controls, failed, flip } = useOperator(isShown)
  return (
    <>
      <fieldset className="demo-choices" disabled={controls === null}>
        <legend>Controls</legend>
        <label className="demo-choice">
          <input
            type="checkbox"
            checked={controls?.enabled ?? true}
            onChange={({ target }) => flip({ enabled: target.checked })}
          />
          <span className="demo-name">Drafts are on</span>
          <span>The kill switch: every open tab knows within a second, and a running draft stops.</span>
        </label>
      </fieldset>
      <fieldset className="demo-choices" disabled={controls === null}>
        <legend>Prompt in force</legend>
        {PROMPTS.map(({ version, name }) => (
          <label key={version} className="demo-choice">
            <input
              type="radio"
              name="prompt"
              checked={controls?.prompt === version}
              onChange={() => flip({ prompt: version })}
            />
            <span className="demo-name">{name}</span>
          </label>
        ))}
      </fieldset>
      <p className="demo-status" role="status">
        {failed ? 'The server did not take the flip.' : 'Flips are made on the server, and in its audit log.'}
      </p>
    </>
  )
}
