import type { Emit } from './event.ts'

/** Tells the answering model once, however often the protocol repeats it. */
export function createModelName(emit: Emit): (model: unknown) => void {
  let known: unknown = null
  return (model) => {
    if (model === known || typeof model !== 'string' || model === '') return
    known = model
    emit({ type: 'model', model })
  }
}
