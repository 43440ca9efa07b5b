import { TOPICS } from './classification.ts'
import { useTexts } from './language.ts'
import { sortByRules } from './sort-by-rules.ts'
import type { Ticket } from './ticket.ts'

/** What the desk can say of the week without AI: how many tickets, by topic and state. */
export function DigestCounts({ tickets }: { readonly tickets: readonly Ticket[] }) {
  const { digest: texts, labels, list } = useTexts()
  const sorted = tickets.map((ticket) => ({ status: ticket.status, topic: sortByRules(ticket).topic }))
  const rows = TOPICS.map((topic) => ({ topic, all: sorted.filter((each) => each.topic === topic) })).filter(
    ({ all }) => all.length > 0,
  )
  return (
    <table className="digest-counts">
      <caption>{texts.counts}</caption>
      <thead>
        <tr>
          <th scope="col">{labels.fields.topic}</th>
          <th scope="col">{list.status.open}</th>
          <th scope="col">{list.status.waiting}</th>
          <th scope="col">{list.status.solved}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ topic, all }) => (
          <tr key={topic}>
            <th scope="row">{labels.topic[topic]}</th>
            {(['open', 'waiting', 'solved'] as const).map((status) => (
              <td key={status}>{all.filter((each) => each.status === status).length}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
