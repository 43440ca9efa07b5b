import type { Place } from './audit.ts'
import type { Book, LayerName } from './book.ts'
import type { Stage } from './stage.ts'

/** What is brought about on purpose, so that something crosses where it can. */
export interface Scenario {
  readonly name: string
  run(stage: Stage, book: Book): Promise<void>
  /** Whose fault it is where a witness finds something out of its place; `null` where that is done on purpose. */
  layerOf(place: Place): LayerName | null
}
