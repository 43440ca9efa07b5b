import type { Classification } from '../src/classification.ts'
import type { Ticket, TicketStatus } from '../src/ticket.ts'

/** A ticket as a digest sees it. */
export interface DigestLine {
  readonly topic: Classification['topic']
  readonly subject: string
  readonly customer: string
  readonly status: TicketStatus
}

const LINE = /^- \[([\w-]+)\] (.*) \((.*), (open|waiting|solved)\)$/

/** The tickets as lines of a prompt, the largest topic first. */
export function formatLines(tickets: readonly DigestLine[]): string {
  const count = (topic: string) => tickets.filter((each) => each.topic === topic).length
  return [...tickets]
    .sort((a, b) => count(b.topic) - count(a.topic) || a.topic.localeCompare(b.topic))
    .map(
      ({ topic, subject, customer, status }) =>
        `- [${topic}] ${oneLine(subject)} (${oneLine(customer)}, ${status})`,
    )
    .join('\n')
}

/** What `formatLines` wrote, read again: the simulated model reads its prompt, as a real one would. */
export function parseLines(text: string): DigestLine[] {
  return text.split('\n').flatMap((line) => {
    const [, topic, subject, customer, status] = LINE.exec(line) ?? []
    if (topic === undefined || subject === undefined || customer === undefined) return []
    return [
      {
        topic: topic as DigestLine['topic'],
        subject,
        customer,
        status: status as TicketStatus,
      },
    ]
  })
}

export function lineOf(ticket: Ticket, topic: DigestLine['topic']): DigestLine {
  const { subject, customer, status } = ticket
  return { topic, subject, customer, status }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
