import { describe, expect, it } from 'vitest'
import { type Desk, type DeskAction, EMPTY_DESK, nextDesk } from './desk.ts'
import type { Ticket } from './ticket.ts'

const ticket = (id: string): Ticket => ({
  id,
  customer: 'Mara',
  email: 'mara@example.com',
  plan: 'Studio',
  subject: 'Invoice',
  status: 'open',
  unread: true,
  body: 'Twice.',
  messages: [{ from: 'customer', atEpochMs: 1, text: 'Twice.' }],
})

const after = (...actions: DeskAction[]): Desk =>
  actions.reduce(nextDesk, nextDesk(EMPTY_DESK, { type: 'loaded', tickets: [ticket('1'), ticket('2')] }))

describe('the desk', () => {
  it('is loading, then ready or failed, and keeps begun replies through a failure', () => {
    expect(EMPTY_DESK.phase).toBe('loading')
    expect(after().phase).toBe('ready')
    const failed = after({ type: 'typed', id: '1', text: 'Hi' }, { type: 'loading' }, { type: 'failed' })
    expect(failed).toMatchObject({ phase: 'failed', replies: { 1: 'Hi' } })
  })

  it('marks a ticket as read, and no other', () => {
    expect(after({ type: 'read', id: '1' }).tickets.map(({ unread }) => unread)).toEqual([false, true])
  })

  it('keeps a begun reply with its ticket', () => {
    const desk = after({ type: 'typed', id: '1', text: 'Hi' }, { type: 'typed', id: '2', text: 'Hello' })
    expect(desk.replies).toEqual({ 1: 'Hi', 2: 'Hello' })
  })

  it('sends the reply: it joins the conversation, the box is empty, the customer is waited for', () => {
    const desk = after({ type: 'typed', id: '1', text: ' Hi \n' }, { type: 'sent', id: '1', atEpochMs: 9 })
    expect(desk.tickets[0]?.status).toBe('waiting')
    expect(desk.tickets[0]?.messages.at(-1)).toEqual({
      from: 'agent',
      atEpochMs: 9,
      text: 'Hi',
    })
    expect(desk.replies).toEqual({ 1: '' })
  })

  it('sends nothing where nothing was written', () => {
    const desk = after({ type: 'typed', id: '1', text: '  ' })
    expect(nextDesk(desk, { type: 'sent', id: '1', atEpochMs: 9 })).toBe(desk)
  })

  it('sorts a ticket field by field, and keeps what was set before', () => {
    const desk = after(
      { type: 'labelled', id: '1', labels: { topic: 'billing', urgency: 'high' } },
      { type: 'labelled', id: '1', labels: { urgency: 'low' } },
    )
    expect(desk.labels).toEqual({ 1: { topic: 'billing', urgency: 'low' } })
  })

  it('moves a ticket between states', () => {
    expect(after({ type: 'moved', id: '2', status: 'solved' }).tickets[1]?.status).toBe('solved')
  })
})
