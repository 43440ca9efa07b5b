import type { Run } from '@evenkeel/client'
import { type EditTracking, trackEdits } from '@evenkeel/client/feedback'

interface TakenDraft {
  readonly edits: EditTracking
  /** What becomes of it; known when it is sent. */
  readonly reply: { value: string }
}

/** Drafts in replies that are not sent yet, by ticket: kept like the begun reply while another ticket is read. */
const drafts = new Map<string, TakenDraft>()

/** The draft shown by a run goes into the reply to a ticket; `null` for a text that no run wrote. */
export function takeDraft(ticketId: string, run: Run | null): void {
  drafts.delete(ticketId)
  if (run === null) return
  const reply = { value: '' }
  const edits = trackEdits(run, reply)
  void edits.take()
  drafts.set(ticketId, { edits, reply })
}

/** A reply goes out: tells how far it is from the draft that it was made of, never its text. */
export function sendDraft(ticketId: string, reply: string): void {
  const draft = drafts.get(ticketId)
  if (draft === undefined) return
  drafts.delete(ticketId)
  draft.reply.value = reply
  void draft.edits.accept()
}
