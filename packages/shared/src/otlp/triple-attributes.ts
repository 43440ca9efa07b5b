import { TRIPLE } from '../attributes.ts'
import type { Triple } from '../triple.ts'
import { named } from './attribute.ts'
import type { Attributes } from './read.ts'
import type { KeyValue } from './types.ts'

/** The attributes of a triple, on runs and signals alike. */
export function tripleAttributes({ prompt, ...rest }: Triple): KeyValue[] {
  const { name = null, version = null, hash = null } = prompt ?? {}
  return named(TRIPLE, { ...rest, promptName: name, promptVersion: version, promptHash: hash })
}

/** The triple of a run or a signal. */
export function readTriple(said: Attributes): Triple {
  const name = said.text(TRIPLE.promptName)
  const version = said.text(TRIPLE.promptVersion)
  const isNamed = name !== null && version !== null
  return {
    prompt: isNamed ? { name, version, hash: said.text(TRIPLE.promptHash) } : null,
    requestModel: said.text(TRIPLE.requestModel),
    responseModel: said.text(TRIPLE.responseModel),
    context: said.text(TRIPLE.context),
  }
}
