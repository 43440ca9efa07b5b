import {
  FAILURE_MEANING,
  FAILURES,
  type Failure,
  LEVELS,
  type Level,
  RUN_MOMENTS,
  tierOf,
} from '@evenkeel/shared'
import { type FormEvent, useId, useState } from 'react'
import type { Forced, Forcing, RunMoment } from './forced.ts'
import type { OverlayStore } from './overlay-store.ts'
import { type ForcibleFeature, recipeOf, whyNoFailure } from './recipe.ts'

interface ForceFormProps {
  readonly features: ReadonlyMap<string, ForcibleFeature>
  readonly onForce: OverlayStore['force']
}

/** What is chosen, as the value of an option: `failure http.server`, `level 3`, `moment slow`. */
type Choice = `failure ${Failure}` | `level ${Level}` | `moment ${RunMoment}`

/** Chooses what is to happen: a failure, a level or a moment, of one feature or all, for one run or on and on. */
export function ForceForm({ features, onForce }: ForceFormProps) {
  const [featureId, setFeatureId] = useState('')
  const [choice, setChoice] = useState<Choice>('failure http.server')
  const [tier, setTier] = useState('')
  const [until, setUntil] = useState<Forced['until']>('next-run')
  const id = useId()
  const feature = features.get(featureId) ?? null
  const tiers = tiersOf(feature === null ? [...features.values()] : [feature])
  const isFailure = choice.startsWith('failure')
  const missing = feature === null ? null : whyNot(choice, feature)

  function force(event: FormEvent) {
    event.preventDefault()
    onForce(feature?.id ?? null, forcingOf(choice, tiers.includes(tier) ? tier : null), until)
  }

  return (
    <form className="form" onSubmit={force}>
      <label htmlFor={`${id}-feature`}>Feature</label>
      <select id={`${id}-feature`} value={featureId} onChange={({ target }) => setFeatureId(target.value)}>
        <option value="">Every feature</option>
        {[...features.keys()].map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
      <label htmlFor={`${id}-what`}>Force</label>
      <select
        id={`${id}-what`}
        value={choice}
        aria-describedby={`${id}-meaning`}
        onChange={({ target }) => setChoice(target.value as Choice)}
      >
        <Options
          label="Failure"
          choices={FAILURES.map((each) => `failure ${each}` as const)}
          feature={feature}
        />
        <Options label="Level" choices={LEVELS.map((each) => `level ${each}` as const)} feature={feature} />
        <Options
          label="Moment"
          choices={RUN_MOMENTS.map((each) => `moment ${each}` as const)}
          feature={feature}
        />
      </select>
      <label htmlFor={`${id}-tier`}>Model step</label>
      <select
        id={`${id}-tier`}
        value={tier}
        disabled={!isFailure}
        onChange={({ target }) => setTier(target.value)}
      >
        <option value="">Every model step</option>
        {tiers.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
      <fieldset className="until">
        <legend>For</legend>
        {(['next-run', 'cleared'] as const).map((each) => (
          <label key={each}>
            <input
              type="radio"
              name={`${id}-until`}
              checked={until === each}
              onChange={() => setUntil(each)}
            />
            {each === 'next-run' ? 'the next run' : 'every run, until cleared'}
          </label>
        ))}
      </fieldset>
      <p id={`${id}-meaning`} className="soft meaning">
        {missing === null ? meaningOf(choice) : `Not here: ${nameOf(choice)} ${missing}.`}
      </p>
      <button type="submit" className="button button-accent" disabled={missing !== null}>
        Force
      </button>
    </form>
  )
}

interface OptionsProps {
  readonly label: string
  readonly choices: readonly Choice[]
  readonly feature: ForcibleFeature | null
}

function Options({ label, choices, feature }: OptionsProps) {
  return (
    <optgroup label={label}>
      {choices.map((choice) => {
        const missing = feature === null ? null : whyNot(choice, feature)
        return (
          <option key={choice} value={choice} disabled={missing !== null}>
            {missing === null ? nameOf(choice) : `${nameOf(choice)} (${missing})`}
          </option>
        )
      })}
    </optgroup>
  )
}

function forcingOf(choice: Choice, tier: string | null): Forcing {
  const [kind, what = ''] = choice.split(' ')
  if (kind === 'failure') return { kind, failure: what as Failure, tier }
  if (kind === 'moment') return { kind, moment: what as RunMoment }
  return { kind: 'level', level: Number(what) as Level }
}

function nameOf(choice: Choice): string {
  return choice.startsWith('level') ? choice : (choice.split(' ')[1] ?? choice)
}

function whyNot(choice: Choice, feature: ForcibleFeature): string | null {
  const forcing = forcingOf(choice, null)
  if (forcing.kind === 'failure') return whyNoFailure(forcing.failure, feature)
  if (forcing.kind === 'level') {
    const isDeclared = feature.levels.some(({ level }) => level === forcing.level)
    return isDeclared ? null : 'is none of its levels'
  }
  const found = recipeOf(forcing.moment, feature)
  return 'missing' in found ? found.missing : null
}

function meaningOf(choice: Choice): string {
  const forcing = forcingOf(choice, null)
  if (forcing.kind === 'failure') return FAILURE_MEANING[forcing.failure]
  if (forcing.kind === 'level') return 'As the control max-level would, whatever else is known.'
  if (forcing.moment === 'cached')
    return 'The models fail, and the cache answers where it has kept an answer to the same input.'
  return 'Brought about as it would come to a user, with what is needed of failures and levels.'
}

function tiersOf(features: readonly ForcibleFeature[]): readonly string[] {
  const tiers = features.flatMap(({ ladder }) =>
    ladder.flatMap((step) => (step.step === 'model' ? [tierOf(step) ?? ''] : [])),
  )
  return [...new Set(tiers)]
}
