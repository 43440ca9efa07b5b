import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Dotprompt } from 'dotprompt'

const FOLDER = new URL('../prompts/', import.meta.url)

/** One version of a prompt, ready to be rendered. */
export interface Prompt {
  readonly name: string
  readonly version: string
  /** SHA-256 of the file as it is, in lower-case hex. */
  readonly hash: string
  /** The model that the file names. */
  readonly model: string
  readonly maxOutputTokens: number
  render(input: Readonly<Record<string, string>>): Promise<RenderedPrompt>
}

export interface RenderedPrompt {
  readonly instructions: string
  readonly messages: { role: 'user'; content: string }[]
}

/**
 * Reads `prompts/<name>/<version>.prompt`.
 * @throws Error where the file's front matter cannot be read or names no model.
 */
export async function loadPrompt(name: string, version: string): Promise<Prompt> {
  const source = await readFile(new URL(`${name}/${version}.prompt`, FOLDER), 'utf8')
  const dotprompt = new Dotprompt()
  const parsed = dotprompt.parse<{ maxOutputTokens?: number }>(source)
  // Front matter that is not YAML does not throw: it would silently become words of the prompt.
  if (parsed.model === undefined) {
    throw new Error(
      `prompts/${name}/${version}.prompt: the front matter is not valid YAML or names no model.`,
    )
  }
  const render = await dotprompt.compile(source)
  return {
    name,
    version,
    hash: createHash('sha256').update(source).digest('hex'),
    model: parsed.model,
    maxOutputTokens: parsed.config?.maxOutputTokens ?? 400,
    async render(input) {
      const { messages } = await render({ input: withoutMarkers(input) })
      const text = (role: 'system' | 'user') =>
        messages
          .filter((message) => message.role === role)
          .map(({ content }) => content.map((part) => part.text ?? '').join(''))
          .join('\n')
          .trim()
      return { instructions: text('system'), messages: [{ role: 'user', content: text('user') }] }
    },
  }
}

// Dotprompt marks roles inside the rendered text. A customer who writes such a marker would otherwise speak
// with the system's voice.
function withoutMarkers(input: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, value.replaceAll('<<<dotprompt:', '‹dotprompt:')]),
  )
}
