import type { AIFeature } from './ai-feature.ts'
import { askModel } from './ask-model.ts'
import { compose } from './compose.ts'
import { type DraftInput, draftInput } from './input.ts'

/** A reply to the customer, for an agent to edit. */
export const draftReply: AIFeature<DraftInput> = {
  id: 'draft-reply',
  input: draftInput,
  isResumable: true,
  eventsBeforeCut: 28, // in the second sentence of a usual draft
  answer: (context, question) =>
    askModel(context, {
      ...question,
      model: question.model(compose),
      seed: question.simulation.seed,
    }),
}
