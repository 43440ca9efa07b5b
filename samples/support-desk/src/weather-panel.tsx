import { useEffect, useId, useRef, useState } from 'react'
import type { Direction } from './appearance.ts'
import { ControlsSection } from './controls-section.tsx'
import { Icon } from './icons.tsx'
import { useWeather, type Weather } from './weather.ts'

const KINDS: readonly { readonly weather: Weather; readonly name: string; readonly what: string }[] = [
  { weather: 'calm', name: 'Calm', what: 'The model answers at its usual pace.' },
  { weather: 'slow', name: 'Slow', what: 'The first words come late, and the rest slowly.' },
  { weather: 'cut-off', name: 'Cut off', what: 'The answer breaks off in the middle.' },
  { weather: 'down', name: 'Down', what: 'The server answers 503.' },
]

interface WeatherPanelProps {
  readonly direction: Direction
  readonly onDirection: (direction: Direction) => void
}

/** The demonstration's own drawer, no part of the product: it changes how the model fares on the server. */
export function WeatherPanel({ direction, onDirection }: WeatherPanelProps) {
  const [open, setOpen] = useState(false)
  const { weather, failed, change, refresh } = useWeather()
  const toggle = useRef<HTMLButtonElement>(null)
  const drawer = useRef<HTMLDivElement>(null)
  const drawerId = useId()
  const inForce = KINDS.find((kind) => kind.weather === weather)

  useEffect(() => {
    if (!open) return
    refresh()
    drawer.current?.querySelector<HTMLElement>('input:checked')?.focus()
  }, [open, refresh])

  function close() {
    setOpen(false)
    toggle.current?.focus()
  }

  return (
    <aside
      className="demo"
      aria-label="Demonstration"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) close()
      }}
    >
      <button
        ref={toggle}
        type="button"
        className="demo-rail"
        aria-expanded={open}
        aria-controls={drawerId}
        onClick={() => setOpen(!open)}
      >
        <Icon name={weather ?? 'calm'} />
        <span>
          Weather: <span data-testid="weather">{inForce?.name.toLowerCase() ?? 'unknown'}</span>
        </span>
      </button>
      <div ref={drawer} id={drawerId} className="demo-drawer" hidden={!open}>
        <header className="demo-head">
          <h2>Weather: demonstration</h2>
          <button type="button" className="icon-button" aria-label="Close the demonstration" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <p>Not part of the product. Change how the model fares on the server, then draft a reply.</p>
        <fieldset className="demo-choices">
          <legend className="visually-hidden">Weather in force</legend>
          {KINDS.map((kind) => (
            <label key={kind.weather} className="demo-choice">
              <input
                type="radio"
                name="weather"
                checked={kind.weather === weather}
                onChange={() => change(kind.weather)}
              />
              <span className="demo-name">
                {kind.name} <Icon name={kind.weather} />
              </span>
              <span>{kind.what}</span>
            </label>
          ))}
        </fieldset>
        <p className="demo-status" role="status">
          {failed
            ? 'The server did not take the change.'
            : `In force: ${inForce?.name.toLowerCase() ?? 'unknown'}`}
        </p>
        <ControlsSection isShown={open} />
        <fieldset className="demo-choices">
          <legend>Writing direction</legend>
          {(['ltr', 'rtl'] as const).map((choice) => (
            <label key={choice} className="demo-choice">
              <input
                type="radio"
                name="direction"
                checked={choice === direction}
                onChange={() => onDirection(choice)}
              />
              <span className="demo-name">{choice === 'ltr' ? 'Left to right' : 'Right to left'}</span>
            </label>
          ))}
        </fieldset>
      </div>
    </aside>
  )
}
