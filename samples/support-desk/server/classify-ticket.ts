import { classification } from '../src/classification.ts'
import type { AIFeature } from './ai-feature.ts'
import { askModel } from './ask-model.ts'
import { type MessageInput, messageInput } from './input.ts'
import { sort } from './sort.ts'

/** What a ticket is about, as an object that passes `classification`. */
export const classifyTicket: AIFeature<MessageInput> = {
  id: 'classify-ticket',
  input: messageInput,
  isResumable: false,
  eventsBeforeCut: 6, // in the middle of a field
  answer: (context, question) =>
    askModel(context, {
      ...question,
      schema: classification,
      model: question.model(sort),
      seed: question.simulation.seed,
    }),
}
