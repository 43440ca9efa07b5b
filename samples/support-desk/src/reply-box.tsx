import type { Run } from '@evenkeel/client'
import { type FormEvent, useId, useRef } from 'react'
import { DraftReply } from './draft-reply.tsx'
import { Icon } from './icons.tsx'
import { useTexts } from './language.ts'
import { sendDraft, takeDraft } from './taken-drafts.ts'
import type { Ticket } from './ticket.ts'

interface ReplyBoxProps {
  readonly ticket: Ticket
  readonly reply: string
  readonly onType: (text: string) => void
  readonly onSend: () => void
}

/** Where the agent writes; the draft is an offer above it and becomes text of theirs once taken. */
export function ReplyBox({ ticket, reply, onType, onSend }: ReplyBoxProps) {
  const box = useRef<HTMLTextAreaElement>(null)
  const boxId = useId()
  const texts = useTexts().reply
  const empty = reply.trim() === ''

  function use(text: string, run: Run | null) {
    onType(empty ? text : `${reply.trimEnd()}\n\n${text}`)
    takeDraft(ticket.id, run)
    box.current?.focus()
  }

  function send(event: FormEvent) {
    event.preventDefault()
    if (!empty) {
      sendDraft(ticket.id, reply)
      onSend()
    }
    box.current?.focus()
  }

  return (
    <form className="reply" onSubmit={send}>
      <DraftReply ticket={ticket} onUse={use} />
      <label className="visually-hidden" htmlFor={boxId}>
        {texts.label(ticket.customer)}
      </label>
      <textarea
        ref={box}
        id={boxId}
        className="reply-text"
        dir={empty ? undefined : 'auto'}
        rows={3}
        placeholder={texts.placeholder(ticket.customer)}
        value={reply}
        onChange={(event) => onType(event.target.value)}
      />
      <footer className="reply-foot">
        <p className="soft">
          {texts.goesTo} <bdi>{ticket.email}</bdi>
        </p>
        <button type="submit" className="button button-primary" disabled={empty}>
          <Icon name="send" mirrored />
          {texts.send}
        </button>
      </footer>
    </form>
  )
}
