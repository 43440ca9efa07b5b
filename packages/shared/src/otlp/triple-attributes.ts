import { TRIPLE } from '../attributes.ts'
import type { Triple } from '../triple.ts'
import type { AttributeInput } from './attribute.ts'
import type { Attributes } from './read.ts'

/** The attributes of a triple, on runs and signals alike. */
export function tripleAttributes({ prompt, requestModel, responseModel, context }: Triple) {
  return {
    [TRIPLE.promptName]: prompt?.name ?? null,
    [TRIPLE.promptVersion]: prompt?.version ?? null,
    [TRIPLE.promptHash]: prompt?.hash ?? null,
    [TRIPLE.requestModel]: requestModel,
    [TRIPLE.responseModel]: responseModel,
    [TRIPLE.context]: context,
  } satisfies Record<string, AttributeInput>
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
