import { newTraceId } from '@evenkeel/shared'
import type { StartOptions } from './run.ts'

/** The turns of one conversation, counted. What was said in it stays the app's own. */
export interface Conversation {
  readonly id: string
  /** Where the next run stands; a regenerate stays in its turn. */
  next(): Required<StartOptions>
}

/**
 * Counts the turns of a conversation, so that their runs belong together in the figures. The history is
 * the app's: its step's `request` sends it, in whatever form the server wants.
 *
 * @param id - of the app's own conversation; a random one where absent
 * @param firstTurn - the index of the next turn, for a conversation that was opened again
 * @example
 * const conversation = createConversation()
 * run.start(message, conversation.next())
 */
export function createConversation(id?: string, firstTurn = 0): Conversation {
  let ownId = id
  let turn = firstTurn
  const conversation: Conversation = {
    get id() {
      // Made when it is first asked for, so that nothing random happens while a server renders.
      ownId ??= newTraceId((length) => crypto.getRandomValues(new Uint8Array(length)))
      return ownId
    },
    next: () => ({ conversationId: conversation.id, turn: turn++ }),
  }
  return conversation
}
