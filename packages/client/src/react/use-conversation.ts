'use client'

import { useState } from 'react'
import { type Conversation, createConversation } from '../run/conversation.ts'

/**
 * Counts the turns of the conversation of this place in the interface; another id is another
 * conversation.
 *
 * @example
 * const conversation = useConversation(thread.id)
 * const send = (message: string) => run.start(message, conversation.next())
 */
export function useConversation(id?: string, firstTurn?: number): Conversation {
  const [held, setHeld] = useState(() => ({ id, conversation: createConversation(id, firstTurn) }))
  if (held.id === id) return held.conversation
  const opened = { id, conversation: createConversation(id, firstTurn) }
  setHeld(opened)
  return opened.conversation
}
