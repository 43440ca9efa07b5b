import { useEffect, useReducer, useState } from 'react'
import type { Classification } from './classification.ts'
import type { Ticket, TicketStatus } from './ticket.ts'

/** How a ticket is sorted, as far as it is. */
export type Labels = Partial<Classification>

export const NO_LABELS: Labels = {}

export interface Desk {
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly tickets: readonly Ticket[]
  /** Replies begun and not sent, by ticket. */
  readonly replies: Readonly<Record<string, string>>
  /** How tickets are sorted, by ticket. */
  readonly labels: Readonly<Record<string, Labels>>
}

export type DeskAction =
  | { readonly type: 'loading' }
  | { readonly type: 'loaded'; readonly tickets: readonly Ticket[] }
  | { readonly type: 'failed' }
  | { readonly type: 'read'; readonly id: string }
  | { readonly type: 'typed'; readonly id: string; readonly text: string }
  | { readonly type: 'sent'; readonly id: string; readonly atEpochMs: number }
  | { readonly type: 'labelled'; readonly id: string; readonly labels: Labels }
  | { readonly type: 'moved'; readonly id: string; readonly status: TicketStatus }

export const EMPTY_DESK: Desk = { phase: 'loading', tickets: [], replies: {}, labels: {} }

/** What the desk looks like after something happened; sending is the product's own, so it stays local here. */
export function nextDesk(desk: Desk, action: DeskAction): Desk {
  switch (action.type) {
    case 'loading':
      return { ...desk, phase: 'loading' }
    case 'loaded':
      return { ...desk, phase: 'ready', tickets: action.tickets }
    case 'failed':
      return { ...desk, phase: 'failed' }
    case 'read':
      return change(desk, action.id, (ticket) => (ticket.unread ? { ...ticket, unread: false } : ticket))
    case 'typed':
      return { ...desk, replies: { ...desk.replies, [action.id]: action.text } }
    case 'sent': {
      const text = (desk.replies[action.id] ?? '').trim()
      if (text === '') return desk
      const message = { from: 'agent', atEpochMs: action.atEpochMs, text } as const
      const answered = change(desk, action.id, (ticket) => ({
        ...ticket,
        status: 'waiting',
        messages: [...ticket.messages, message],
      }))
      return { ...answered, replies: { ...answered.replies, [action.id]: '' } }
    }
    case 'labelled': {
      const labels = { ...desk.labels[action.id], ...action.labels }
      return { ...desk, labels: { ...desk.labels, [action.id]: labels } }
    }
    case 'moved':
      return change(desk, action.id, (ticket) => ({ ...ticket, status: action.status }))
  }
}

function change(desk: Desk, id: string, update: (ticket: Ticket) => Ticket): Desk {
  return { ...desk, tickets: desk.tickets.map((ticket) => (ticket.id === id ? update(ticket) : ticket)) }
}

/** The desk, its tickets loaded from the server; `load` asks again. */
export function useDesk(): { desk: Desk; dispatch: (action: DeskAction) => void; load: () => void } {
  const [desk, dispatch] = useReducer(nextDesk, EMPTY_DESK)
  const [asked, setAsked] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is what `asked` is for
  useEffect(() => {
    const left = new AbortController()
    dispatch({ type: 'loading' })
    fetchTickets(left.signal).then(
      (tickets) => dispatch({ type: 'loaded', tickets }),
      () => {
        if (!left.signal.aborted) dispatch({ type: 'failed' })
      },
    )
    return () => left.abort()
  }, [asked])
  return { desk, dispatch, load: () => setAsked((before) => before + 1) }
}

async function fetchTickets(signal: AbortSignal): Promise<readonly Ticket[]> {
  const response = await fetch('/api/tickets', { signal })
  if (!response.ok) throw new Error(`GET /api/tickets answered ${response.status}`)
  return (await response.json()) as readonly Ticket[]
}
