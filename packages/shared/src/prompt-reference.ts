import type { PromptReference } from './triple.ts'

/** `name@version#hash`, the form in which people and figures name a prompt. */
export function formatPrompt({ name, version, hash }: PromptReference): string {
  return hash === null ? `${name}@${version}` : `${name}@${version}#${hash}`
}

const PROMPT = /^([^@#]+)@([^@#]+)(?:#([^@#]+))?$/

/** Reads `name@version#hash`; `null` where the text has another form. */
export function parsePrompt(text: string): PromptReference | null {
  const [, name, version, hash] = PROMPT.exec(text) ?? []
  return name === undefined || version === undefined ? null : { name, version, hash: hash ?? null }
}
