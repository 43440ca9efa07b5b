import { useEffect, useState } from 'react'
import { type Theme, useDirection, useTheme } from './appearance.ts'
import { useDesk } from './desk.ts'
import { Icon } from './icons.tsx'
import { useSelectedTicket } from './route.ts'
import { TicketList } from './ticket-list.tsx'
import { TicketPane } from './ticket-pane.tsx'
import { WeatherPanel } from './weather-panel.tsx'

const MINUTE_MS = 60_000

export function App() {
  const { desk, dispatch, load } = useDesk()
  const { selected, select } = useSelectedTicket()
  const { direction, choose } = useDirection()
  const now = useNow()
  const ticket = desk.tickets.find(({ id }) => id === selected)

  const shown = ticket?.id
  useEffect(() => {
    if (shown !== undefined) dispatch({ type: 'read', id: shown })
  }, [shown, dispatch])

  return (
    <div className="desk" data-showing={selected === null ? 'list' : 'ticket'}>
      <div className="side">
        <header className="brand">
          <img src="/lantern.svg" alt="" width="24" height="24" />
          <span className="brand-name">Lantern support</span>
          <ThemeButton />
        </header>
        <TicketList desk={desk} now={now} selected={selected} onSelect={select} onRetry={load} />
      </div>
      {ticket === undefined ? (
        <main className="pane pane-empty">
          {desk.phase === 'ready' && (
            <div>
              <Icon name="lantern" />
              <p>{selected === null ? 'Choose a ticket to read it here.' : 'There is no such ticket.'}</p>
            </div>
          )}
        </main>
      ) : (
        <TicketPane
          key={ticket.id}
          ticket={ticket}
          reply={desk.replies[ticket.id] ?? ''}
          now={now}
          dispatch={dispatch}
          onBack={() => select(null)}
        />
      )}
      <WeatherPanel direction={direction} onDirection={choose} />
    </div>
  )
}

const THEME_WORDS: Readonly<Record<Theme, string>> = {
  auto: 'Colours as the system has them',
  light: 'Light colours',
  dark: 'Dark colours',
}

function ThemeButton() {
  const { theme, next } = useTheme()
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={THEME_WORDS[theme]}
      title={THEME_WORDS[theme]}
      onClick={next}
    >
      <Icon name={theme} />
    </button>
  )
}

/** The time, renewed each minute: ages are told in minutes. */
function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
