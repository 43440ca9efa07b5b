import { type Conditions, FAULT_GROUPS, FAULTS, type FaultKind, type Tiers, type Weather } from './faults.ts'
import { Icon, WEATHER_ICONS } from './icons.tsx'

const [USUAL, ...RARE] = FAULT_GROUPS

const TIERS: readonly { readonly tiers: Tiers; readonly name: string }[] = [
  { tiers: 'all', name: 'Every model' },
  { tiers: 'primary', name: 'The first model alone' },
]

interface WeatherSectionProps {
  readonly conditions: Conditions | null
  readonly failed: boolean
  readonly change: (change: Partial<Conditions>) => void
}

/** The usual weathers with what they do; every other fault by its name alone, in groups that open. */
export function WeatherSection({ conditions, failed, change }: WeatherSectionProps) {
  const inForce = FAULTS.find(({ id }) => id === conditions?.weather)
  const choose = (weather: Weather) => change({ weather })
  return (
    <>
      <fieldset className="demo-choices">
        <legend className="visually-hidden">Weather in force</legend>
        {USUAL.faults.map((fault) => (
          <Choice key={fault.id} fault={fault} chosen={conditions?.weather} onChoose={choose} />
        ))}
      </fieldset>
      {RARE.map(({ name, faults }) => (
        <details key={name} className="demo-group" name="faults">
          <summary>
            {name}
            <span className="demo-in-force">
              {faults.find(({ id }) => id === conditions?.weather)?.name ?? faults.length}
            </span>
          </summary>
          <fieldset className="demo-choices demo-choices-dense">
            <legend className="visually-hidden">{name}</legend>
            {faults.map((fault) => (
              <Choice key={fault.id} fault={fault} chosen={conditions?.weather} onChoose={choose} isBrief />
            ))}
          </fieldset>
        </details>
      ))}
      <fieldset className="demo-choices demo-choices-dense">
        <legend>It meets</legend>
        {TIERS.map(({ tiers, name }) => (
          <label key={tiers} className="demo-choice">
            <input
              type="radio"
              name="tiers"
              checked={conditions?.tiers === tiers}
              onChange={() => change({ tiers })}
            />
            <span className="demo-name">{name}</span>
          </label>
        ))}
      </fieldset>
      <p className="demo-status" role="status">
        {failed ? 'The server did not take the change.' : `In force: ${told(inForce, conditions)}`}
      </p>
    </>
  )
}

function told(fault: FaultKind | undefined, conditions: Conditions | null): string {
  if (fault === undefined) return 'unknown'
  const where = conditions?.tiers === 'primary' && fault.id !== 'calm' ? ', first model alone' : ''
  return `${lower(fault.name)}${where}. ${fault.what}`
}

/** As it stands within a sentence: HTML stays HTML. */
export function lower(name: string): string {
  return /^.[A-Z]/.test(name) ? name : name.toLowerCase()
}

interface ChoiceProps {
  readonly fault: FaultKind & { readonly id: Weather }
  readonly chosen: Weather | undefined
  readonly onChoose: (weather: Weather) => void
  /** By its name alone; the line below says what the one in force does. */
  readonly isBrief?: boolean
}

function Choice({ fault, chosen, onChoose, isBrief = false }: ChoiceProps) {
  return (
    <label className="demo-choice">
      <input type="radio" name="weather" checked={fault.id === chosen} onChange={() => onChoose(fault.id)} />
      <span className="demo-name">
        {fault.name} {!isBrief && <Icon name={WEATHER_ICONS[fault.id] ?? 'down'} />}
      </span>
      {!isBrief && <span>{fault.what}</span>}
    </label>
  )
}
