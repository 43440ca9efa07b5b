import { useContext, useEffect, useState } from 'react'
import { useDirection, useTheme } from './appearance.ts'
import { NO_LABELS, useDesk } from './desk.ts'
import { DigestEntry } from './digest-entry.tsx'
import { DigestPane } from './digest-pane.tsx'
import { Icon } from './icons.tsx'
import { LanguageContext, useTexts } from './language.ts'
import { usePlace } from './route.ts'
import { TicketList } from './ticket-list.tsx'
import { TicketPane } from './ticket-pane.tsx'
import { WeatherPanel } from './weather-panel.tsx'
import { useWeeklyDigest } from './weekly-digest.ts'

const MINUTE_MS = 60_000

export function App() {
  const language = useContext(LanguageContext)
  const { texts } = language
  const { desk, dispatch, load } = useDesk()
  const { place, go } = usePlace()
  const selected = place.page === 'ticket' ? place.id : null
  const digest = useWeeklyDigest()
  const { direction, choose } = useDirection(language.direction)
  const now = useNow()
  const ticket = desk.tickets.find(({ id }) => id === selected)

  const shown = ticket?.id
  useEffect(() => {
    if (shown !== undefined) dispatch({ type: 'read', id: shown })
  }, [shown, dispatch])

  return (
    <div className="desk" data-showing={place.page === 'list' ? 'list' : 'ticket'}>
      <div className="side">
        <header className="brand">
          <img src="/lantern.svg" alt="" width="24" height="24" />
          <span className="brand-name">{texts.brand}</span>
          <ThemeButton />
        </header>
        <DigestEntry
          digest={digest}
          now={now}
          isOpen={place.page === 'digest'}
          onOpen={() => go({ page: 'digest' })}
        />
        <TicketList
          desk={desk}
          now={now}
          selected={selected}
          onSelect={(id) => go({ page: 'ticket', id })}
          onRetry={load}
        />
      </div>
      {place.page === 'digest' ? (
        <DigestPane digest={digest} tickets={desk.tickets} now={now} onBack={() => go({ page: 'list' })} />
      ) : ticket === undefined ? (
        <main className="pane pane-empty">
          {desk.phase === 'ready' && (
            <div>
              <Icon name="lantern" />
              <p>{selected === null ? texts.ticket.choose : texts.ticket.missing}</p>
            </div>
          )}
        </main>
      ) : (
        <TicketPane
          key={ticket.id}
          ticket={ticket}
          labels={desk.labels[ticket.id] ?? NO_LABELS}
          reply={desk.replies[ticket.id] ?? ''}
          now={now}
          dispatch={dispatch}
          onBack={() => go({ page: 'list' })}
        />
      )}
      <WeatherPanel direction={direction} onDirection={choose} />
    </div>
  )
}

function ThemeButton() {
  const { theme, next } = useTheme()
  const words = useTexts().theme[theme]
  return (
    <button type="button" className="icon-button" aria-label={words} title={words} onClick={next}>
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
