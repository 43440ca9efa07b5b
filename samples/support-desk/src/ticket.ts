export type TicketStatus = 'open' | 'waiting' | 'solved'

export interface TicketMessage {
  readonly from: 'customer' | 'agent'
  /** Who wrote it; absent for the customer, and for whoever reads this. */
  readonly author?: string
  readonly atEpochMs: number
  readonly text: string
}

export interface Ticket {
  readonly id: string
  readonly customer: string
  readonly email: string
  readonly plan: string
  readonly subject: string
  readonly status: TicketStatus
  readonly unread: boolean
  /** The customer's latest message: what a reply answers. */
  readonly body: string
  /** Oldest first; never empty. */
  readonly messages: readonly TicketMessage[]
}
