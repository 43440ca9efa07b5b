import { type Level, parsePrompt, type ServerMetadata, type Triple } from '@evenkeel/shared'
import type { ServerFacts } from './facts.ts'

/** The facts with one more metadata object in them; the same object where it says nothing new. */
export function withMetadata(facts: ServerFacts, said: ServerMetadata): ServerFacts {
  const { triple } = facts
  const next: ServerFacts = {
    triple: {
      ...triple,
      prompt: promptOf(said) ?? triple.prompt,
      requestModel: said.model ?? triple.requestModel,
      context: said.context ?? triple.context,
    },
    intent: said.intent ?? facts.intent,
    path: said.path ?? facts.path,
    cold: said.cold ?? facts.cold,
    level: (said.level as Level | undefined) ?? facts.level,
    resume: said.resume ?? facts.resume,
  }
  return Object.keys(said).length === 0 ? facts : next
}

/** The facts with the model that answered. */
export function withModel(facts: ServerFacts, responseModel: string): ServerFacts {
  return { ...facts, triple: { ...facts.triple, responseModel } }
}

/** A prompt is told as name and version apart, or together as `name@version#hash`. */
function promptOf({ prompt, version, hash }: ServerMetadata): Triple['prompt'] {
  if (prompt === undefined) return null
  return parsePrompt(prompt) ?? { name: prompt, version: version ?? 'unknown', hash: hash ?? null }
}
