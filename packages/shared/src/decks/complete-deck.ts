import type { ControlWord, Deck } from '../deck.ts'
import type { Moment } from '../moment.ts'

/** A deck that has words, or silence, for everything. */
export type CompleteDeck = Deck &
  Readonly<Record<Moment | ControlWord, string | null>> & { readonly locale: string }
