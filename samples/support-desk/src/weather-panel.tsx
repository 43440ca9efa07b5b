import { useEffect, useId, useRef, useState } from 'react'
import type { Direction } from './appearance.ts'
import { ControlsSection } from './controls-section.tsx'
import { FAULTS } from './faults.ts'
import { Icon, WEATHER_ICONS } from './icons.tsx'
import { useWeather } from './weather.ts'
import { lower, WeatherSection } from './weather-section.tsx'

interface WeatherPanelProps {
  readonly direction: Direction
  readonly onDirection: (direction: Direction) => void
}

/** The demonstration's own drawer, no part of the product: it changes how the model fares on the server. */
export function WeatherPanel({ direction, onDirection }: WeatherPanelProps) {
  const [open, setOpen] = useState(false)
  const { conditions, failed, change, refresh } = useWeather()
  const toggle = useRef<HTMLButtonElement>(null)
  const drawer = useRef<HTMLDivElement>(null)
  const drawerId = useId()
  const inForce = FAULTS.find(({ id }) => id === conditions?.weather)

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
        <Icon name={inForce === undefined ? 'calm' : (WEATHER_ICONS[inForce.id] ?? 'down')} />
        <span>
          Weather:{' '}
          <span data-testid="weather">{inForce === undefined ? 'unknown' : lower(inForce.name)}</span>
        </span>
      </button>
      <div ref={drawer} id={drawerId} className="demo-drawer" hidden={!open}>
        <div className="demo-body" dir="ltr" lang="en">
          <header className="demo-head">
            <h2>Weather: demonstration</h2>
            <button
              type="button"
              className="icon-button"
              aria-label="Close the demonstration"
              onClick={close}
            >
              <Icon name="close" />
            </button>
          </header>
          <p>Not part of the product. Change how the model fares on the server, then draft a reply.</p>
          <WeatherSection conditions={conditions} failed={failed} change={change} />
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
      </div>
    </aside>
  )
}
