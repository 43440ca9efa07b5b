import { useId, useState } from 'react'
import type { Desk } from './desk.ts'
import { Icon } from './icons.tsx'
import { useTexts } from './language.ts'
import type { Ticket, TicketStatus } from './ticket.ts'
import { Age } from './time.tsx'

const TABS = ['open', 'waiting', 'solved'] as const satisfies readonly TicketStatus[]

interface TicketListProps {
  readonly desk: Desk
  readonly now: number
  readonly selected: string | null
  readonly onSelect: (id: string) => void
  readonly onRetry: () => void
}

/** The inbox: a search, three states, and the tickets in the chosen one, newest first. */
export function TicketList({ desk, now, selected, onSelect, onRetry }: TicketListProps) {
  const [status, setStatus] = useState<TicketStatus>('open')
  const [sought, setSought] = useState('')
  const searchId = useId()
  const texts = useTexts().list
  const found = desk.tickets.filter((ticket) => matches(ticket, sought))
  const shown = found.filter((ticket) => ticket.status === status)
  return (
    <nav className="list" aria-label={texts.title}>
      <div className="search">
        <Icon name="search" />
        <label className="visually-hidden" htmlFor={searchId}>
          {texts.searchTickets}
        </label>
        <input
          id={searchId}
          type="search"
          placeholder={texts.search}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      </div>
      <fieldset className="tabs">
        <legend className="visually-hidden">{texts.show}</legend>
        {TABS.map((tab) => (
          <button
            key={tab}
            type="button"
            className="tab"
            aria-pressed={tab === status}
            onClick={() => setStatus(tab)}
          >
            {texts.status[tab]}
            <span className="tab-count">
              {desk.phase === 'ready' ? found.filter((ticket) => ticket.status === tab).length : ''}
            </span>
          </button>
        ))}
      </fieldset>
      <div className="list-body">
        {desk.phase === 'loading' && <Skeleton />}
        {desk.phase === 'failed' && (
          <div className="list-note" role="alert">
            <p>{texts.failed}</p>
            <p className="soft">{texts.safe}</p>
            <button type="button" className="button" onClick={onRetry}>
              {texts.retry}
            </button>
          </div>
        )}
        {desk.phase === 'ready' && shown.length === 0 && (
          <Empty status={status} sought={sought} onClear={() => setSought('')} />
        )}
        {desk.phase === 'ready' && shown.length > 0 && (
          <ul>
            {shown.map((ticket) => (
              <li key={ticket.id}>
                <TicketRow
                  ticket={ticket}
                  now={now}
                  selected={ticket.id === selected}
                  onSelect={() => onSelect(ticket.id)}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
    </nav>
  )
}

interface TicketRowProps {
  readonly ticket: Ticket
  readonly now: number
  readonly selected: boolean
  readonly onSelect: () => void
}

function TicketRow({ ticket, now, selected, onSelect }: TicketRowProps) {
  const texts = useTexts().list
  return (
    <button
      type="button"
      className={ticket.unread ? 'row row-unread' : 'row'}
      aria-current={selected ? 'true' : undefined}
      onClick={onSelect}
    >
      <span className="row-customer" dir="auto">
        {ticket.customer}
      </span>
      {ticket.unread && <span className="visually-hidden">{texts.unread}</span>}
      <Age at={ticket.messages.at(-1)?.atEpochMs ?? now} now={now} />
      <span className="row-subject" dir="auto">
        {ticket.subject}
      </span>
      <span className="row-words" dir="auto">
        {ticket.body.replaceAll(/\s+/g, ' ')}
      </span>
    </button>
  )
}

function Empty({ status, sought, onClear }: { status: TicketStatus; sought: string; onClear: () => void }) {
  const texts = useTexts().list
  if (sought.trim() === '') {
    return (
      <div className="list-note">
        <p>{texts.none[status]}</p>
      </div>
    )
  }
  return (
    <div className="list-note">
      <p>{texts.notFound(sought.trim(), status)}</p>
      <button type="button" className="button" onClick={onClear}>
        {texts.clear}
      </button>
    </div>
  )
}

function Skeleton() {
  const texts = useTexts().list
  return (
    <div aria-busy="true" className="skeleton">
      <span className="visually-hidden">{texts.loading}</span>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <div key={key} className="row">
          <span className="bone bone-short" />
          <span className="bone" />
          <span className="bone bone-long" />
        </div>
      ))}
    </div>
  )
}

function matches(ticket: Ticket, sought: string): boolean {
  const words = sought.trim().toLowerCase()
  return `${ticket.customer} ${ticket.subject} ${ticket.body} ${ticket.id}`.toLowerCase().includes(words)
}
