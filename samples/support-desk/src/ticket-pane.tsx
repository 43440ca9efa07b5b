import { ClassifyTicket } from './classify-ticket.tsx'
import type { DeskAction, Labels } from './desk.ts'
import { Icon } from './icons.tsx'
import { useTexts } from './language.ts'
import { ReplyBox } from './reply-box.tsx'
import type { Ticket, TicketMessage } from './ticket.ts'
import { Age } from './time.tsx'

interface TicketPaneProps {
  readonly ticket: Ticket
  readonly labels: Labels
  readonly reply: string
  readonly now: number
  readonly dispatch: (action: DeskAction) => void
  readonly onBack: () => void
}

/** One ticket: who asks, what was said so far, and the reply. */
export function TicketPane({ ticket, labels, reply, now, dispatch, onBack }: TicketPaneProps) {
  const solved = ticket.status === 'solved'
  const texts = useTexts().ticket
  return (
    <main className="pane">
      <header className="pane-header">
        <button type="button" className="icon-button back" onClick={onBack} aria-label={texts.back}>
          <Icon name="back" mirrored />
        </button>
        <div className="pane-title">
          <h1 dir="auto">{ticket.subject}</h1>
          <p className="soft">
            <bdi>{ticket.customer}</bdi> · <bdi>{ticket.email}</bdi>
            <span className="pane-plan">
              {' '}
              · {texts.plan(ticket.plan)} · <bdi>#{ticket.id}</bdi>
            </span>
          </p>
        </div>
        <button
          type="button"
          className="button"
          onClick={() => dispatch({ type: 'moved', id: ticket.id, status: solved ? 'open' : 'solved' })}
        >
          <Icon name={solved ? 'back' : 'check'} mirrored={solved} />
          <span className="button-words">{solved ? texts.reopen : texts.solve}</span>
        </button>
      </header>
      <ClassifyTicket
        ticket={ticket}
        labels={labels}
        onLabels={(set) => dispatch({ type: 'labelled', id: ticket.id, labels: set })}
      />
      <Conversation ticket={ticket} now={now} />
      <ReplyBox
        ticket={ticket}
        reply={reply}
        onType={(text) => dispatch({ type: 'typed', id: ticket.id, text })}
        onSend={() => dispatch({ type: 'sent', id: ticket.id, atEpochMs: Date.now() })}
      />
    </main>
  )
}

/** Stays at its newest message, which is what a reply answers, whatever room the reply takes. */
function Conversation({ ticket, now }: { ticket: Ticket; now: number }) {
  const texts = useTexts().ticket
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="conversation" aria-label={texts.conversation} tabIndex={0}>
      <div className="messages">
        {ticket.messages.map((message) => (
          <Message key={message.atEpochMs} message={message} customer={ticket.customer} now={now} />
        ))}
      </div>
    </section>
  )
}

function Message({ message, customer, now }: { message: TicketMessage; customer: string; now: number }) {
  const { you } = useTexts().reply
  const author = message.from === 'customer' ? customer : (message.author ?? you)
  return (
    <article className={`message message-${message.from}`}>
      <span className="initials" aria-hidden="true">
        {initials(author)}
      </span>
      <p className="message-head">
        <bdi className="message-author">{author}</bdi> <Age at={message.atEpochMs} now={now} />
      </p>
      <p className="message-text" dir="auto">
        {message.text}
      </p>
    </article>
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}
